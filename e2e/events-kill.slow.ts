import { expect, it } from 'vitest';
import { eventsKillRun } from './events-kill-run.ts';

const seed = Number(process.env.THROUGHLINE_SEED ?? 7);

it(`20 kills while 200,000 events are stored (THROUGHLINE_SEED=${seed})`, async () => {
  const outcome = await eventsKillRun(200_000, 20, seed);
  console.log(`${outcome.kills} kills`, outcome.ledger.sources);
  expect(outcome).toMatchObject({ rows: 200_000, kills: 20, ledger: { balanced: true } });
  const source = outcome.ledger.sources.find(({ source }) => source === 'windowsEvent');
  expect(source).toMatchObject({ stored: 200_000, rejected: 0, pending: 0 });
}, 3_600_000);

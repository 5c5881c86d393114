import { expect, it } from 'vitest';
import { eventsKillRun } from './events-kill-run.ts';

it('loses no event and doubles none when the server is killed while they are stored', async () => {
  const outcome = await eventsKillRun(10_000, 1, 3);
  expect(outcome).toMatchObject({ rows: 10_000, kills: 1, ledger: { balanced: true } });
  const source = outcome.ledger.sources.find(({ source }) => source === 'windowsEvent');
  expect(source).toMatchObject({ stored: 10_000, rejected: 0, pending: 0 });
}, 180_000);

import { expect, it } from 'vitest';
import { generateAlerts } from './generate-alerts.ts';
import { bodiesOf, killRun } from './kill-run.ts';

const count = 20_000;
const kills = 30;
const seed = Number(process.env.THROUGHLINE_SEED ?? 7);

it(`30 kills while 20,000 alerts stream in (THROUGHLINE_SEED=${seed})`, async () => {
  const bodies = bodiesOf(generateAlerts(count, { seed }), 50);
  const disturbed = await killRun(bodies, kills, seed);
  const undisturbed = await killRun(bodies, 0, seed);
  console.log(`${disturbed.kills} kills, ${disturbed.retries} requests sent again`, disturbed.ledger.sources);
  expect(disturbed.kills).toBe(kills);
  expect(new Set(disturbed.alerts.map(({ id }) => id)).size).toBe(count);
  expect(disturbed.alerts).toEqual(undisturbed.alerts);
  expect(disturbed.incidents).toEqual(undisturbed.incidents);
  expect(disturbed.stateHash).toBe(undisturbed.stateHash);
  expect(disturbed.ledger).toMatchObject({ balanced: true, sources: [{ stored: count, rejected: 0, pending: 0 }] });
}, 1_200_000);

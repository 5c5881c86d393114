import { expect, it } from 'vitest';
import { generateAlerts } from './generate-alerts.ts';
import { bodiesOf, killRun } from './kill-run.ts';

const count = 3_000;
const kills = 5;

it('loses nothing and doubles nothing when the server is killed while alerts stream in', async () => {
  const bodies = bodiesOf(generateAlerts(count), 50);
  const disturbed = await killRun(bodies, kills, 42);
  const undisturbed = await killRun(bodies, 0, 42);
  expect(disturbed.kills).toBe(kills);
  expect(new Set(disturbed.alerts.map(({ id }) => id)).size).toBe(count);
  expect(disturbed.alerts).toEqual(undisturbed.alerts);
  expect(disturbed.incidents).toEqual(undisturbed.incidents);
  expect(disturbed.stateHash).toBe(undisturbed.stateHash);
  expect(disturbed.ledger).toMatchObject({ balanced: true, sources: [{ stored: count, rejected: 0, pending: 0 }] });
  expect(undisturbed.ledger.sources).toMatchObject([{ received: count, stored: count, duplicate: 0 }]);
}, 240_000);

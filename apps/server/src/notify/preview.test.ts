import { notificationRuleBody } from '@throughline/model';
import { everything } from '@throughline/store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, tenantId, type World } from './notify.fixture.ts';
import { previewRule } from './preview.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

const now = () => new Date();
const preview = (change: object) =>
  previewRule(
    world.db,
    everything(tenantId),
    notificationRuleBody.parse({ name: 'Rule', severities: ['high'], recipients: ['a@example.com'], ...change }),
    { now: now(), portalUrl: 'https://soc.example.com' },
  );

test('without incidents the mail is about an invented one', async () => {
  const { incidents, incidentId, mail } = await preview({ includeOrganization: true });
  expect([incidents, incidentId]).toEqual([0, null]);
  expect(mail.subject).toMatch(/^Default: High incident 1042/);
  expect(mail.text).toContain('https://soc.example.com/incidents/1042');
});

test('counts the incidents it would have told about, as the rule would judge', async () => {
  await world.put(
    { incidentId: 1, severity: 'high' },
    { incidentId: 1, severity: 'high' },
    { incidentId: 2, severity: 'low' },
    { incidentId: 3, severity: 'high', serviceSource: 'wazuh', detectionSource: 'syscheck' },
    { incidentId: 4, severity: 'high', background: true },
    { incidentId: 5, severity: 'high' },
  );
  await world.db
    .updateTable('alert')
    .set({ received_at: new Date(Date.now() - 40 * 86_400_000) })
    .where('incident_id', '=', 5)
    .execute();
  const wazuh = [{ serviceSource: 'wazuh', detectionSource: null, severities: null }];
  const counts = await Promise.all([
    preview({}),
    preview({ severities: ['low', 'high'] }),
    preview({ sources: wazuh }),
    preview({ sources: [{ ...wazuh[0], severities: ['low'] }] }),
  ]);
  expect(counts.map(({ incidents }) => incidents)).toEqual([2, 3, 1, 0]);
  expect(counts.map(({ incidentId }) => incidentId)).toEqual([3, 3, 3, null]);
  expect(counts[0]?.mail.subject).toContain('Incident name 3');
});

import { type Alert, makeAlert, makeEvidence, reasonSentence, tuningRuleBody } from '@throughline/model';
import { changeAlert, createTuningRule, everything } from '@throughline/store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { append, clock, drain, openDatabase, tenantId } from '../pipeline/pipeline.fixture.ts';

let open: Awaited<ReturnType<typeof openDatabase>>;
beforeAll(async () => {
  open = await openDatabase();
  const { id: author } = await open.db
    .insertInto('account')
    .values({ tenant_id: tenantId, user_name: 'ada', display_name: 'Ada', role: 'administrator' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const items = [{ property: 'detector', operator: 'equals', values: ['patch'] }];
  const body = tuningRuleBody.parse({ name: 'patch night', action: 'resolve', conditions: { match: 'all', items } });
  await createTuningRule(open.db, everything(tenantId), body, { by: 'ada', now: clock(), author });
});
afterAll(() => open?.close());

let made = 0;
/** An alert that the rule resolves, on a device of its own. */
const fresh = (): Alert => {
  const name = `patch${++made}`;
  return makeAlert({
    id: name,
    tenantId,
    providerAlertId: name,
    title: 'Patch tool started',
    severity: 'medium',
    serviceSource: 'edr',
    detectorId: 'patch',
    createdDateTime: new Date(Date.UTC(2026, 0, made)).toISOString(),
    evidence: [makeEvidence('deviceEvidence', { mdeDeviceId: name, hostName: name })],
  });
};
const stored = (id: string) =>
  open.db
    .selectFrom('alert as a')
    .innerJoin('incident as i', (join) =>
      join.onRef('i.tenant_id', '=', 'a.tenant_id').onRef('i.id', '=', 'a.incident_id'),
    )
    .select(['a.status', 'i.alerts_active', 'i.status as incident'])
    .where('a.id', '=', id)
    .executeTakeFirstOrThrow();

type Step = { person: { status: 'new' | 'inProgress' | 'resolved' } } | { source: Partial<Alert> };
const reopened: Step = { person: { status: 'new' } };
const updated = (more: Partial<Alert> = {}): Step => ({
  source: { status: 'resolved', description: 'again', ...more },
});
test.each<[string, 'new' | 'inProgress' | 'resolved', Step[]]>([
  ['opened again', 'new', [reopened]],
  ['opened again, and the source says it is resolved', 'new', [reopened, updated()]],
  ['opened again, and its severity rises', 'new', [reopened, updated({ severity: 'high' })]],
  ['opened again, and its severity falls', 'new', [reopened, updated({ severity: 'low' })]],
  ['taken up, and updated twice', 'inProgress', [{ person: { status: 'inProgress' } }, updated(), updated()]],
  ['updated, opened again and updated', 'new', [updated(), reopened, updated({ severity: 'high' })]],
  ['opened again and resolved by the person', 'resolved', [reopened, { person: { status: 'resolved' } }]],
  [
    'opened and resolved by the person, and the source opens it',
    'resolved',
    [reopened, { person: { status: 'resolved' } }, { source: { status: 'new', severity: 'high' } }],
  ],
])('what a person decided about an alert that a rule resolved stands: %s', async (_, status, steps) => {
  const { db } = open;
  const alert = fresh();
  await append(db, [alert]);
  await drain(db);
  expect(await stored(alert.id)).toMatchObject({ status: 'resolved', incident: 'resolved' });
  const mira = { kind: 'person' as const, name: 'mira' };
  for (const [at, step] of steps.entries()) {
    if ('person' in step) {
      await changeAlert(db, everything(tenantId), alert.id, step.person, mira, clock(), reasonSentence);
    } else {
      const lastUpdateDateTime = new Date(Date.UTC(2026, 1, 1, at)).toISOString();
      await append(db, [{ ...alert, ...step.source, lastUpdateDateTime }]);
      await drain(db);
    }
  }
  expect(await stored(alert.id)).toMatchObject({ status, alerts_active: status === 'resolved' ? 0 : 1 });
  // Another that the rule resolves joins it: what the person opened stays open.
  await append(db, [{ ...alert, id: `${alert.id}b`, providerAlertId: `${alert.id}b` }]);
  await drain(db);
  expect(await stored(alert.id)).toMatchObject({ status });
});

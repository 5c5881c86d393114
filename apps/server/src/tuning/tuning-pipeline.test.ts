import { defaultConfig } from '@throughline/correlate';
import { type Alert, makeAlert, makeEvidence, reasonSentence, tuningRuleBody } from '@throughline/model';
import { changeAlert, createTuningRule, type Db, deleteTuningRule, everything, readLedger } from '@throughline/store';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { generateModelAlerts } from '../../../../e2e/generate-alerts.ts';
import { append, clock, drain, openDatabase, snapshot, tenantId, withWriter } from '../pipeline/pipeline.fixture.ts';
import { rebuildState } from '../pipeline/rebuild.ts';

let open: Awaited<ReturnType<typeof openDatabase>>;
let db: Db;
let ada: number;
beforeEach(async () => {
  open = await openDatabase();
  db = open.db;
  const made = await db
    .insertInto('account')
    .values({ tenant_id: tenantId, user_name: 'ada', display_name: 'Ada', role: 'administrator' })
    .returning('id')
    .executeTakeFirstOrThrow();
  ada = made.id;
});
afterEach(() => open.close());

const at = (minutes: number) => new Date(Date.UTC(2026, 0, 1, 9, minutes)).toISOString();
const alert = (n: number, more: Partial<Alert> = {}): Alert =>
  makeAlert({
    id: `a${n}`,
    tenantId,
    providerAlertId: `a${n}`,
    title: 'Patch tool started',
    severity: 'medium',
    serviceSource: 'edr',
    detectorId: 'patch',
    createdDateTime: at(n),
    evidence: [makeEvidence('deviceEvidence', { mdeDeviceId: `d${n}`, hostName: `pc${n}` })],
    ...more,
  });

const rule = (action: 'hide' | 'behaviour' | 'resolve', more: object = {}) =>
  createTuningRule(
    db,
    everything(tenantId),
    tuningRuleBody.parse({
      name: `rule to ${action}`,
      comment: 'known installer',
      action,
      alertType: { serviceSource: 'edr', detectorId: 'patch' },
      conditions: { match: 'all', items: [] },
      classification: 'informationalExpectedActivity',
      determination: 'confirmedActivity',
      ...more,
    }),
    { by: 'ada', now: clock(), author: ada },
  );
const incidents = () =>
  db
    .selectFrom('incident')
    .select(['id', 'kind', 'status', 'classification', 'reason', 'alerts_total', 'alerts_active'])
    .orderBy('id')
    .execute();
const alertOf = (id: string) =>
  db
    .selectFrom('alert')
    .select(['status', 'classification', 'incident_id', 'tuning_rule', 'decision'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();

test.each(['hide', 'behaviour'] as const)(
  'what a rule is to %s is stored and in a quiet group alone',
  async (action) => {
    await append(db, [alert(1, { title: 'other', detectorId: 'other' })]);
    const { rule: made } = await rule(action);
    await append(db, [alert(2), alert(3), alert(4, { detectorId: 'PATCH' })]);
    await drain(db);
    const all = await incidents();
    expect(all.filter(({ kind }) => kind === 'incident').map(({ alerts_total }) => alerts_total)).toEqual([1]);
    const quiet = all.filter(({ kind }) => kind === 'background');
    expect(quiet.reduce((sum, { alerts_total }) => sum + alerts_total, 0)).toBe(3);
    expect(quiet[0]?.reason).toMatch(/tuning rule “rule to .*” \(made by ada: known installer\)/);
    expect(await alertOf('a2')).toMatchObject({ status: 'new', tuning_rule: made.id, decision: { kind: 'tuned' } });
    expect(await readLedger(db, tenantId)).toMatchObject({ balanced: true, sources: [{ stored: 4 }] });
    const counted = await db.selectFrom('tuning_match').selectAll().execute();
    expect(counted).toMatchObject([{ rule_id: made.id, matched: 3, last_match_at: clock().toISOString() }]);
  },
);

test('what a rule resolves arrives resolved with its incident, and opens it again when something else joins', async () => {
  await rule('resolve');
  await append(db, [alert(1)]);
  await drain(db);
  expect(await incidents()).toMatchObject([
    { status: 'resolved', classification: 'informationalExpectedActivity', alerts_total: 1, alerts_active: 0 },
  ]);
  expect(await alertOf('a1')).toMatchObject({ status: 'resolved', classification: 'informationalExpectedActivity' });
  const said = await db.selectFrom('activity').select(['kind', 'actor_name', 'summary']).orderBy('id').execute();
  expect(said).toContainEqual({
    kind: 'resolved',
    actor_name: 'alert tuning',
    summary: 'An alert: Resolved on arrival by tuning rule “rule to resolve” (made by ada: known installer)',
  });
  const same = { evidence: alert(1).evidence, detectorId: 'malware', title: 'Malware', severity: 'high' as const };
  await append(db, [alert(2, same)]);
  await drain(db);
  expect(await incidents()).toMatchObject([
    { status: 'active', classification: 'unknown', alerts_total: 2, alerts_active: 1 },
  ]);
});

test('the source’s update leaves it resolved until the severity rises; a person stands over both', async () => {
  await rule('resolve');
  const [first, second] = [alert(1), alert(2, { evidence: [] })];
  await append(db, [first, second]);
  await drain(db);
  const later = { lastUpdateDateTime: at(30), description: 'more' };
  await append(db, [{ ...first, ...later }]);
  await drain(db);
  expect(await alertOf('a1')).toMatchObject({ status: 'resolved' });
  const change = { status: 'resolved' as const, classification: 'truePositive' };
  const mira = { kind: 'person' as const, name: 'mira' };
  await changeAlert(db, everything(tenantId), 'a2', change, mira, clock(), reasonSentence);
  const raised = { lastUpdateDateTime: at(40), severity: 'high' as const };
  await append(db, [
    { ...first, ...raised },
    { ...second, ...raised },
  ]);
  await drain(db);
  expect(await alertOf('a1')).toMatchObject({ status: 'new', classification: 'unknown' });
  expect(await alertOf('a2')).toMatchObject({ status: 'resolved', classification: 'truePositive' });
  const opened = await db
    .selectFrom('incident')
    .select(['status', 'alerts_active'])
    .where('id', '=', (await alertOf('a1')).incident_id)
    .executeTakeFirstOrThrow();
  expect(opened).toEqual({ status: 'active', alerts_active: 1 });
});

test('rules that ended, are off, or whose author may not any more do nothing', async () => {
  await rule('hide', { name: 'ended', expiresDateTime: '2026-01-31T00:00:00.000Z' });
  await rule('hide', { name: 'off', enabled: false });
  await append(db, [alert(1)]);
  await drain(db);
  await rule('hide', { name: 'on' });
  await append(db, [alert(2)]);
  await drain(db);
  await sql`update account set role = 'reader'`.execute(db);
  await append(db, [alert(3)]);
  await drain(db);
  const ruled = await db.selectFrom('alert').select('tuning_rule').orderBy('seq').execute();
  expect(ruled.map(({ tuning_rule }) => tuning_rule !== null)).toEqual([false, true, false]);
});

test('decides the same after every restart, however grouped and delivered again, and with the rules gone since', async () => {
  const alerts = [...generateModelAlerts(300, { seed: 5 })];
  const other = await openDatabase();
  try {
    const detectors = [...new Set(alerts.map(({ detectorId }) => detectorId))];
    for (const each of [db, other.db]) {
      const author = each === db ? ada : null;
      for (const [at, action] of (['resolve', 'hide', 'behaviour'] as const).entries()) {
        const items = [{ property: 'detector', operator: 'isAnyOf', values: detectors.slice(at * 3, at * 3 + 3) }];
        const body = tuningRuleBody.parse({ name: action, action, conditions: { match: 'all', items } });
        await createTuningRule(each, everything(tenantId), body, { by: 'ada', now: clock(), author });
      }
    }
    const { id } = await other.db
      .insertInto('account')
      .values({ tenant_id: tenantId, user_name: 'ada', display_name: 'Ada', role: 'administrator' })
      .returning('id')
      .executeTakeFirstOrThrow();
    await sql`update tuning_rule set author_id = ${id}`.execute(other.db);
    for (let from = 0; from < alerts.length; from += 50) {
      await append(db, alerts.slice(from, from + 50));
      await append(other.db, alerts.slice(from, from + 50));
      await drain(other.db);
    }
    await drain(db);
    const [one, two] = await Promise.all([snapshot(db), snapshot(other.db)]);
    expect(two.alerts).toEqual(one.alerts);
    const plain = (list: typeof one.incidents) => list.map(({ reason: _, ...incident }) => incident);
    expect(plain(two.incidents)).toEqual(plain(one.incidents));
    expect(one.alerts.filter(({ decision }) => decision.tuning).length).toBeGreaterThan(20);

    const hashOf = (each: Db) =>
      withWriter(each, async (writer) => (await rebuildState(writer, tenantId, defaultConfig)).correlator.stateHash());
    const before = await hashOf(db);
    expect(await hashOf(other.db)).toBe(before);
    for (const rule of [1, 2, 3]) await deleteTuningRule(db, everything(tenantId), rule);
    await append(db, alerts);
    await drain(db);
    expect(await hashOf(db)).toBe(before);
    expect((await snapshot(db)).alerts).toEqual(one.alerts);
    const { rows } = await sql<{ id: number }>`
      select i.id from incident i left join alert a on a.tenant_id = i.tenant_id and a.incident_id = i.id
      group by i.tenant_id, i.id
      having i.alerts_total <> count(a.seq) or i.alerts_active <> count(a.seq) filter (where a.status <> 'resolved')`.execute(
      db,
    );
    expect(rows).toEqual([]);
  } finally {
    await other.close();
  }
});

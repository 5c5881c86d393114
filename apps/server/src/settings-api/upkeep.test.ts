import { type Db, deadLetterRaw, readLedger } from '@throughline/store';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { keepData } from './upkeep-job.ts';

let server: TestServer;
let db: Db;
const tenantId = 'default';
const now = new Date();
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString();

beforeAll(async () => {
  server = await startTestServer();
  db = server.db;
}, 60_000);
afterAll(() => server?.stop());

const count = async (table: string) =>
  (await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(db)).rows[0]?.n;

test('raw bytes of dead letters go by age; the row with its reason stays, and says why nothing can be replayed', async () => {
  const token = await server.token('operator', ['intake']);
  for (const body of ['{"broken', '{"also broken']) {
    expect((await server.call('/api/intake/graph', { method: 'POST', token, body })).status).toBe(202);
  }
  const mira = await server.signedIn('administrator', 'mira');
  const items = (await mira.call('/api/dead-letters')).json.items as { id: number; reason: string }[];
  expect(items.length).toBe(2);
  const [fresh, old] = items;
  const before = await readLedger(db, tenantId);
  await sql`update dead_letter set at = ${daysAgo(91)} where id = ${old?.id}`.execute(db);
  await keepData(db, now);
  expect((await deadLetterRaw(db, tenantId, fresh?.id ?? 0))?.raw).toBeInstanceOf(Buffer);
  expect(await deadLetterRaw(db, tenantId, old?.id ?? 0)).toMatchObject({ raw: null, reason: old?.reason });
  expect((await mira.call('/api/dead-letters')).json.items[1]).toMatchObject({ id: old?.id, size: null });
  expect((await mira.call(`/api/dead-letters/${old?.id}/raw`)).status).toBe(410);
  const replay = await mira.call(`/api/dead-letters/${old?.id}/replay`, { method: 'POST' });
  expect([replay.status, replay.json.error.code]).toEqual([410, 'rawRemoved']);
  expect(await readLedger(db, tenantId)).toEqual(before);
});

test('the text of sent messages goes, that they were sent stays; what waits is not touched', async () => {
  const notice = (days: number, window: number) => sql`
    insert into notification_notice (tenant_id, rule_id, rule_name, root_id, window_no, incident_id, event, alerts,
      alert_count, created_at)
    values (${tenantId}, 1, 'All', 1, ${window}, 1, 'new', '[{"title":"secret"}]', 1, ${daysAgo(days)}) returning id`;
  for (const [window, [days, state]] of (
    [
      [91, 'sent'],
      [89, 'sent'],
      [91, 'waiting'],
      [91, 'dead'],
    ] as const
  ).entries()) {
    await sql`
      with n as (${notice(days, window)})
      insert into notification_delivery (tenant_id, notice_id, key, thread_key, channel, target, state, subject,
        created_at, due_at, give_up_at)
      select ${tenantId}, id, ${`k${window}`}, 't', 'mail', 'a@b.example', ${state}, 'secret', ${daysAgo(days)},
        ${daysAgo(days)}, ${daysAgo(-1)} from n`.execute(db);
  }
  await keepData(db, now);
  await keepData(db, now);
  const { rows } = await sql`
    select d.key, d.state, d.subject, d.target, n.alerts <> '[]' as told from notification_delivery d
    join notification_notice n on n.id = d.notice_id order by d.key`.execute(db);
  expect(rows).toEqual([
    { key: 'k0', state: 'sent', subject: null, target: 'a@b.example', told: false },
    { key: 'k1', state: 'sent', subject: 'secret', target: 'a@b.example', told: true },
    { key: 'k2', state: 'waiting', subject: 'secret', target: 'a@b.example', told: true },
  ]);
});

test('each period is a setting that upkeep obeys and the audit log tells', async () => {
  const mira = await server.signedIn('administrator', 'nora');
  const path = '/api/settings/retention';
  const read = (await mira.call(path)).json;
  expect(read).toMatchObject({ deadLetterDays: 90, intakeDays: 7, liveDays: 1, messageDays: 90 });
  const tell = (days: number) =>
    sql`insert into live_event (tenant_id, at, event) values (${tenantId}, ${daysAgo(days)}, '{"type":"reset"}')`.execute(
      db,
    );
  const finish = (days: number) =>
    sql`insert into intake_batch (tenant_id, received, accepted, rejected, done_at)
      values (${tenantId}, 1, 1, 0, ${daysAgo(days)})`.execute(db);
  await sql`delete from live_event`.execute(db);
  await Promise.all([tell(1.5), tell(0.5), finish(8), finish(6)]);
  const batches = await count('intake_batch');
  const patch = (body: object) => mira.call(path, { method: 'PATCH', body });
  const saved = (await patch({ liveDays: 2, intakeDays: 9, updatedDateTime: read.updatedDateTime })).json;
  expect(saved).toMatchObject({ liveDays: 2, intakeDays: 9, deadLetterDays: 90, incidentDays: null });
  await keepData(db, now);
  expect([await count('live_event'), await count('intake_batch')]).toEqual([2, batches]);
  await patch({ liveDays: 1, intakeDays: 7, updatedDateTime: saved.updatedDateTime });
  await keepData(db, now);
  expect([await count('live_event'), await count('intake_batch')]).toEqual([1, (batches ?? 0) - 1]);
  expect((await patch({ liveDays: 3, updatedDateTime: read.updatedDateTime })).status).toBe(409);
  for (const liveDays of [0, 1.5, 40_000, null]) {
    expect((await patch({ liveDays, updatedDateTime: read.updatedDateTime })).status).toBe(400);
  }
  const [entry] = (await mira.call('/api/audit?action=settings.change')).json.items.filter(
    ({ outcome }: { outcome: string }) => outcome === 'done',
  );
  expect(entry.details).toMatchObject({ before: { liveDays: 2 }, after: { liveDays: 1 } });
});

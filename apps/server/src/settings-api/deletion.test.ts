import { defaultConfig } from '@throughline/correlate';
import {
  connect,
  type Db,
  deletedIncident,
  deleteSlice,
  listDeletions,
  previewRetention,
  startIncidentDeletion,
  startRetention,
} from '@throughline/store';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { generateModelAlerts, mulberry32 } from '../../../../e2e/generate-alerts.ts';
import { append, drain, openDatabase, silent, snapshot, tenantId, withWriter } from '../pipeline/pipeline.fixture.ts';
import { rebuildState } from '../pipeline/rebuild.ts';
import { settleRemaining } from './settle-remaining.ts';

const now = new Date('2027-02-01T00:00:00.000Z');

/** Rows that point at an incident, alert, entity or comment that is gone, by table: derived from the columns' names. */
async function dangling(db: Db): Promise<string[]> {
  const { rows } = await sql<{ t: string; c: string }>`
    select table_name as t, column_name as c from information_schema.columns
    where table_schema = 'public' and column_name in ('incident_id', 'origin_incident_id', 'root_id', 'continues',
      'redirect_to', 'alert_seq', 'entity_n', 'comment_id')`.execute(db);
  const found: string[] = [];
  for (const { t, c } of rows) {
    const row = sql.ref(`x.${c}`);
    const target =
      t === 'entity' || c === 'entity_n'
        ? sql`select from entity where n = ${row}`
        : c === 'alert_seq'
          ? sql`select from alert where seq = ${row}`
          : c === 'comment_id'
            ? sql`select from comment where id = ${row}`
            : sql`select from incident where id = ${row}`;
    if (t === 'deletion_item' || t === 'notification_position') continue;
    const { rows: bad } = await sql`
      select from ${sql.table(t)} x where ${row} is not null and not exists (${target})`.execute(db);
    if (bad.length > 0) found.push(`${t}.${c}: ${bad.length}`);
  }
  return found;
}

/** What incidents and entities say of alerts, and what the alerts say. */
async function wrongSums(db: Db): Promise<unknown[]> {
  const { rows } = await sql`
    select i.id, i.alerts_total, count(a.seq) as alerts from incident i left join alert a on a.incident_id = i.id
    where i.redirect_to is null group by 1, 2 having i.alerts_total <> count(a.seq)
    union all
    select k.incident_id, k.alerts_total, count(a.seq) from incident_entity k
    left join alert_entity ae on ae.entity_n = k.entity_n left join alert a on a.seq = ae.alert_seq and a.incident_id = k.incident_id
    group by k.incident_id, k.entity_n, k.alerts_total having k.alerts_total <> count(a.seq)
    union all
    select 0, l.stored - l.deleted, (select count(*) from alert) from ledger l where l.stored - l.deleted <> (select count(*) from alert)`.execute(
    db,
  );
  return rows;
}

const deleteAll = async (db: Db) => {
  let slices = 0;
  while (await deleteSlice(db, now, settleRemaining)) slices += 1;
  return slices;
};

test.each([3, 17])(
  'what retention leaves is whole, and correlation goes on from it (seed %i)',
  async (seed) => {
    const { db, url, close } = await openDatabase();
    try {
      const random = mulberry32(seed);
      const alerts = [...generateModelAlerts(1_200, { seed })];
      await append(db, alerts.slice(0, 900));
      await drain(db);
      const all = await db.selectFrom('incident').select(['id', 'redirect_to']).execute();
      const roots = all.filter(({ redirect_to }) => redirect_to === null).map(({ id }) => id);
      const resolved = roots.filter(() => random() < 0.5);
      await sql`
      update incident set status = 'resolved', standing_version = standing_version + 1, updated_at = '2026-01-01',
        last_activity = '2026-01-01' where id = any(${resolved}::int[])`.execute(db);
      await sql`
      with c as (insert into comment (tenant_id, incident_id, created_by)
        select ${tenantId}, id, 'mira' from incident returning id, incident_id),
      v as (insert into comment_version (comment_id, version, text, by) select id, 1, 'x', 'mira' from c)
      insert into activity (tenant_id, kind, actor_kind, actor_name, incident_id, summary, comment_id)
      select ${tenantId}, 'comment', 'person', 'mira', incident_id, 'x', id from c`.execute(db);

      const preview = await previewRetention(db, tenantId, 30, now);
      expect(preview.incidents).toBe(resolved.length);
      const id = await startRetention(db, tenantId, 30, now);
      // A process that dies in the middle: half of a slice is rolled back, the next process goes on.
      await expect(
        db.transaction().execute(async (trx) => {
          await sql`delete from alert_entity`.execute(trx);
          throw new Error('killed');
        }),
      ).rejects.toThrow('killed');
      expect(await deleteSlice(db, now, settleRemaining)).toBe(true);
      const next = connect(url, { max: 2, log: silent });
      await deleteAll(next);
      await next.destroy();

      expect(await dangling(db)).toEqual([]);
      expect(await wrongSums(db)).toEqual([]);
      const left = await db.selectFrom('incident').select('id').where('redirect_to', 'is', null).execute();
      expect(left.map((row) => row.id).sort()).toEqual(roots.filter((root) => !resolved.includes(root)).sort());
      const [record] = await listDeletions(db, tenantId, id);
      expect(record).toMatchObject({ incidents: preview.incidents, alerts: preview.alerts, incidentsWaiting: 0 });
      expect(record?.endedDateTime).not.toBeNull();
      const told = await db
        .selectFrom('audit_entry')
        .select(['actor_name', 'target_id'])
        .where('action', '=', 'data.delete')
        .execute();
      expect(told).toEqual([{ actor_name: 'retention', target_id: String(id) }]);
      const gone = all.filter(({ id: one, redirect_to }) => resolved.includes(redirect_to ?? one));
      for (const each of gone.slice(0, 20)) {
        expect(await deletedIncident(db, tenantId, each.id)).toMatchObject({ kind: 'retention' });
      }
      const unnamed = await sql`
      select from entity e where redirect_to is null and not exists (select from alert_entity where entity_n = e.n)
        and not exists (select from entity a where a.redirect_to = e.n)`.execute(db);
      expect(unnamed.rows).toEqual([]);

      // Correlation goes on, gives out no number twice, and a crash later decides the same.
      const highest = Math.max(...all.map((row) => row.id));
      await append(db, alerts.slice(900));
      await drain(db);
      expect(await dangling(db)).toEqual([]);
      expect(await wrongSums(db)).toEqual([]);
      const fresh = await sql<{ id: number }>`
      select id from incident where id <= ${highest} and id = any(${gone.map((row) => row.id)}::int[])`.execute(db);
      expect(fresh.rows).toEqual([]);
      await withWriter(db, (writer) => rebuildState(writer, tenantId, defaultConfig));
    } finally {
      await close();
    }
  },
  60_000,
);

test('correlation that remembers what is deleted forgets it before it commits again', async () => {
  const { db, close } = await openDatabase();
  try {
    const { startPipeline } = await import('../pipeline/pipeline.ts');
    const pipeline = await startPipeline({
      db,
      log: silent,
      clock: () => now,
      config: defaultConfig,
    });
    const alerts = [...generateModelAlerts(300, { seed: 5 })];
    await append(db, alerts);
    await pipeline.idle();
    const before = await snapshot(db);
    const roots = before.incidents.filter(({ redirect_to }) => redirect_to === null);
    for (const { id } of roots) await startIncidentDeletion(db, { tenantId, by: 'mira', now }, id, 'test');
    await deleteAll(db);
    expect((await snapshot(db)).alerts).toEqual([]);
    expect(await db.selectFrom('entity').selectAll().execute()).toEqual([]);
    // The same alerts again are new ones now, and become incidents with new numbers.
    await append(db, alerts);
    await pipeline.idle();
    await pipeline.stop();
    const after = await snapshot(db);
    expect(after.alerts.length).toBe(before.alerts.length);
    expect(Math.min(...after.incidents.map(({ id }) => id))).toBeGreaterThan(
      Math.max(...before.incidents.map(({ id }) => id)),
    );
    expect(await dangling(db)).toEqual([]);
  } finally {
    await close();
  }
}, 60_000);

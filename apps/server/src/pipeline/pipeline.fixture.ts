import { defaultConfig } from '@throughline/correlate';
import { type Alert, defaultTenant } from '@throughline/model';
import { appendBatch, asWriter, connect, type Db, migrate, type Writer } from '@throughline/store';
import { freshDatabase } from '@throughline/store/testing';
import { sql } from 'kysely';
import { startPipeline } from './pipeline.ts';

export const tenantId = defaultTenant;
export const silent = { info: () => {}, warn: () => {}, error: (line: string) => console.error(line) };
export const clock = () => new Date('2026-02-01T00:00:00.000Z');

/** A migrated database of its own. */
export async function openDatabase(): Promise<{ db: Db; url: string; close(): Promise<void> }> {
  const { databaseUrl: url, drop } = await freshDatabase();
  await migrate(url);
  const db = connect(url, { max: 5, log: silent });
  await quiet(db);
  return {
    db,
    url,
    async close() {
      await db.destroy();
      await drop();
    },
  };
}

/** Refusals are what some tests are about: the server's log need not say so. */
async function quiet(db: Db): Promise<void> {
  await sql`do $$ begin
    execute format('alter database %I set log_min_messages to fatal', current_database());
  exception when insufficient_privilege then null;
  end $$`.execute(db);
}

export async function append(db: Db, alerts: readonly Alert[], source = 'graph'): Promise<void> {
  const all = alerts.map((alert) => ({ source, alert }));
  await appendBatch(db, { tenantId, alerts: all, rejects: [], received: all.length });
}

/** Lets the pipeline take everything that waits, then ends it. */
export async function drain(db: Db): Promise<void> {
  const pipeline = await startPipeline({ db, log: silent, clock, config: defaultConfig });
  await pipeline.idle();
  await pipeline.stop();
}

/** Runs `work` as the tenant's writer; throws when another process is. */
export async function withWriter<T>(db: Db, work: (writer: Writer) => Promise<T>): Promise<T> {
  const turn = await asWriter(db, tenantId, work);
  if (!turn) throw new Error('another writer holds the lock');
  return turn.result;
}

/** Where every alert is and why, and every incident as stored, without times of processing. */
export async function snapshot(db: Db) {
  const [alerts, incidents, entities, scope] = await Promise.all([
    db
      .selectFrom('alert')
      .select(['id', 'incident_id', 'origin_incident_id', 'decision', 'status'])
      .orderBy('seq')
      .execute(),
    db.selectFrom('incident').selectAll().orderBy('id').execute(),
    db.selectFrom('entity').select(['id', 'kind', 'name', 'first_seen', 'last_seen']).orderBy('n').execute(),
    db
      .selectFrom('incident_entity as i')
      .innerJoin('entity as e', 'e.n', 'i.entity_n')
      .select(['i.incident_id', 'e.id', 'i.alerts_total'])
      .orderBy('i.incident_id')
      .orderBy('e.id')
      .execute(),
  ]);
  return { alerts, incidents, entities, scope };
}

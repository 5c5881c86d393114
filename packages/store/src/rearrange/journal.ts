import type { Actor, RearrangementEntry, RearrangementKind, RearrangementReason } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import type { WriterTransaction } from '../pipeline/writer.ts';
import { familyOf } from '../query/incident-family.ts';
import { seesAlert, type Viewer } from '../query/viewer.ts';

/** Who rearranged, and why. */
export type RearrangedBy = {
  actor: Actor;
  reason?: RearrangementReason | null;
  note?: string;
  /** The entry that this one undoes. */
  undoes?: number | null;
};

export type JournalWrite = RearrangedBy & {
  kind: RearrangementKind;
  from: number;
  into: number;
  /** alert.seq of those that went. */
  alerts: readonly number[];
  ledOn?: readonly number[];
  was?: Record<string, unknown>;
};

/** An entry, as undoing needs it. */
export type JournalEntry = {
  id: number;
  kind: RearrangementKind;
  from: number;
  into: number;
  alerts: number[];
  ledOn: number[];
  was: Record<string, Record<string, unknown>>;
  undoneBy: number | null;
};

/** Writes an entry of the journal; marks what it undoes. Returns its number. */
export async function writeJournal(
  trx: WriterTransaction,
  tenantId: string,
  now: string,
  entry: JournalWrite,
): Promise<number> {
  const { kind, actor, reason = null, note = '', from, into, alerts, ledOn = [], was = {}, undoes = null } = entry;
  const { id } = await trx
    .insertInto('rearrangement')
    .values({
      tenant_id: tenantId,
      kind,
      at: now,
      actor_kind: actor.kind,
      actor_name: actor.name,
      reason,
      note,
      from_id: from,
      into_id: into,
      alerts: [...alerts],
      led_on: [...ledOn],
      was: JSON.stringify(was),
      undoes,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  if (undoes !== null) {
    await trx.updateTable('rearrangement').set({ undone_by: id }).where('id', '=', undoes).execute();
  }
  return id;
}

/** Notes what an entry means to correlation, behind the last alert it had decided. */
export async function keepEffect(trx: WriterTransaction, tenantId: string, id: number, effect: object): Promise<void> {
  await sql`
    update rearrangement set effect = ${JSON.stringify(effect)}::json,
      after_seq = (select coalesce(max(seq), 0) from alert where tenant_id = ${tenantId})
    where id = ${id}`.execute(trx);
}

/** One entry of the journal; undefined when the tenant has none of that number. */
export async function journalEntry(db: Db, tenantId: string, id: number): Promise<JournalEntry | undefined> {
  return db
    .selectFrom('rearrangement')
    .select(['id', 'kind', 'from_id as from', 'into_id as into', 'alerts', 'led_on as ledOn', 'undone_by as undoneBy'])
    .select(sql<JournalEntry['was']>`was`.as('was'))
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/**
 * What happened to the composition of an incident and of those merged into it, the newest first: as far as the viewer
 * sees an alert that went, and counting those only. At most 500.
 */
export async function listRearrangements(db: Db, viewer: Viewer, incidentId: number): Promise<RearrangementEntry[]> {
  const { tenantId } = viewer;
  const family = familyOf(tenantId, incidentId);
  const { rows } = await sql<RearrangementEntry>`
    select * from (
      select r.id, r.kind, r.at as "dateTime", json_build_object('kind', r.actor_kind, 'name', r.actor_name) as actor,
        r.reason, r.note, r.from_id as "fromIncidentId", r.into_id as "intoIncidentId",
        (select count(*)::int from alert a where a.seq = any(r.alerts) and ${seesAlert(viewer)}) as alerts,
        r.undone_by as "undoneBy", r.undoes
      from rearrangement r
      where r.tenant_id = ${tenantId} and (r.from_id in ${family} or r.into_id in ${family})
    ) entry where alerts > 0 order by id desc limit 500`.execute(db);
  return rows;
}

/** Numbers of incidents that were deleted for good. */
export async function deletedIncidents(db: Db, tenantId: string): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from deleted_incident where tenant_id = ${tenantId} order by id`.execute(db);
  return rows.map(({ id }) => id);
}

/** A person's rearrangement, as correlation is to remember it: after the alert numbered `afterSeq`. */
export type StoredEffect = { afterSeq: number; effect: unknown };

/** All that people rearranged, in the order correlation learned of it. */
export async function readEffects(db: Db, tenantId: string): Promise<StoredEffect[]> {
  const rows = await db
    .selectFrom('rearrangement')
    .select(['after_seq', 'effect'])
    .where('tenant_id', '=', tenantId)
    .where('effect', 'is not', null)
    .orderBy('after_seq')
    .orderBy('id')
    .execute();
  return rows.map(({ after_seq, effect }) => ({ afterSeq: after_seq ?? 0, effect }));
}

import type { EntityKind } from '@throughline/model';
import { sql } from 'kysely';
import { recordSet } from './record-set.ts';
import type { WriterTransaction } from './writer.ts';

/** A new identity, in order of creation. Instants are ISO 8601. */
export type EntityWrite = { id: string; kind: EntityKind; name: string; firstSeen: string; lastSeen: string };
/** A name an identity was given, in order of learning. */
export type EntityKeyWrite = { entityId: string; kind: EntityKind; key: string };
/** A known identity seen again, with the best name it goes by now. */
export type EntitySeen = { entityId: string; name: string; firstSeen: string; lastSeen: string };

/** Numbers of identities by id: a row's `entity_n`. */
export type EntityNumbers = Map<string, number>;

/** Inserts identities and adds their numbers to `numbers`. */
export async function insertEntities(
  trx: WriterTransaction,
  tenantId: string,
  entities: readonly EntityWrite[],
  numbers: EntityNumbers,
): Promise<void> {
  if (entities.length === 0) return;
  const rows = entities.map((entity, ord) => ({ ord, ...entity }));
  const result = await sql<{ n: number; id: string }>`
    insert into entity (tenant_id, id, kind, name, first_seen, last_seen)
    select ${tenantId}, id, kind, name, "firstSeen", "lastSeen"
    from json_to_recordset(${recordSet(rows)}::json)
      as t (ord int, id text, kind text, name text, "firstSeen" timestamptz, "lastSeen" timestamptz)
    order by ord
    returning n, id`.execute(trx);
  for (const { n, id } of result.rows) numbers.set(id, n);
}

export async function insertEntityKeys(
  trx: WriterTransaction,
  tenantId: string,
  keys: readonly EntityKeyWrite[],
  numbers: EntityNumbers,
): Promise<void> {
  if (keys.length === 0) return;
  const rows = keys.map(({ entityId, kind, key }, ord) => ({ ord, n: numbers.get(entityId), kind, key }));
  await sql`
    insert into entity_key (tenant_id, entity_n, kind, key)
    select ${tenantId}, n, kind, key
    from json_to_recordset(${recordSet(rows)}::json) as t (ord int, n bigint, kind text, key text)
    order by ord`.execute(trx);
}

/** Renames identities and widens the time in which they were seen; rows that would not change by a minute are left alone. */
export async function seeEntities(
  trx: WriterTransaction,
  seen: readonly EntitySeen[],
  numbers: EntityNumbers,
): Promise<void> {
  if (seen.length === 0) return;
  const rows = seen.map(({ entityId, ...seenAs }) => ({ n: numbers.get(entityId), ...seenAs }));
  await sql`
    update entity e set name = t.name,
      first_seen = least(e.first_seen, t."firstSeen"), last_seen = greatest(e.last_seen, t."lastSeen")
    from json_to_recordset(${recordSet(rows)}::json)
      as t (n bigint, name text, "firstSeen" timestamptz, "lastSeen" timestamptz)
    where e.n = t.n and (t.name <> e.name or t."firstSeen" < e.first_seen or t."lastSeen" > e.last_seen + interval '1 minute')`.execute(
    trx,
  );
}

/**
 * Makes one identity of two: everything that names `from` names `into` from now on, and `from` redirects.
 * Returns the incidents whose entities changed.
 */
export async function redirectEntity(
  trx: WriterTransaction,
  tenantId: string,
  fromN: number,
  intoN: number,
): Promise<number[]> {
  await sql`
    update entity set redirect_to = ${intoN} where n = ${fromN} or redirect_to = ${fromN}`.execute(trx);
  await sql`
    with moved as (delete from alert_entity where entity_n = ${fromN} returning *)
    insert into alert_entity as k (alert_seq, entity_n, roles, evidence_index)
    select alert_seq, ${intoN}, roles, evidence_index from moved
    on conflict (entity_n, alert_seq) do update
      set roles = array(select distinct unnest(k.roles || excluded.roles) order by 1)`.execute(trx);
  await sql`
    update entity e set first_seen = least(e.first_seen, f.first_seen), last_seen = greatest(e.last_seen, f.last_seen)
    from entity f where e.n = ${intoN} and f.n = ${fromN}`.execute(trx);
  const { rows } = await sql<{ incident_id: number }>`
    with gone as (delete from incident_entity where entity_n = ${fromN} returning *)
    insert into incident_entity as k (tenant_id, incident_id, entity_n, kind, alerts_total, first_seen, last_seen)
    select tenant_id, incident_id, ${intoN}, kind,
      (select count(*) from alert_entity x join alert a on a.seq = x.alert_seq
        where x.entity_n = ${intoN} and a.tenant_id = gone.tenant_id and a.incident_id = gone.incident_id),
      first_seen, last_seen
    from gone where tenant_id = ${tenantId}
    on conflict (tenant_id, incident_id, entity_n) do update set alerts_total = excluded.alerts_total,
      first_seen = least(k.first_seen, excluded.first_seen), last_seen = greatest(k.last_seen, excluded.last_seen)
    returning incident_id`.execute(trx);
  return rows.map(({ incident_id }) => incident_id);
}

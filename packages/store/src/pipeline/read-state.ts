import type { Decision, EntityKind } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { recordSet } from './record-set.ts';
import type { Writer } from './writer.ts';

/** A stored identity: what `IdentityIndex.restore` takes, and its number. */
export type StoredIdentity = {
  n: number;
  id: string;
  kind: EntityKind;
  name: string;
  keys: string[];
  redirect: string | null;
};

/** A stored alert as correlation knows it; of a deleted one only which identities it showed to be one. */
export type StoredDecision = { seq: number; observation: unknown; decision: Decision | null };

const pageSize = 5_000;

/** All identities of a tenant in order of creation, a page at a time, their keys in the order learned. */
export async function* readIdentities(writer: Writer, tenantId: string): AsyncGenerator<StoredIdentity[]> {
  for (let after = 0; ; ) {
    const { rows } = await sql<StoredIdentity>`
      with page as (
        select n, id, kind, name, redirect_to from entity where tenant_id = ${tenantId} and n > ${after}
        order by n limit ${pageSize}
      )
      select p.n, p.id, p.kind, p.name, r.id as redirect,
        array(select k.key from entity_key k where k.entity_n = p.n order by k.n) as keys
      from page p left join entity r on r.n = p.redirect_to order by p.n`.execute(writer);
    if (rows.length === 0) return;
    yield rows;
    after = rows.at(-1)?.n ?? after;
  }
}

/** All decisions of a tenant in the order they were made, a page at a time. */
export async function* readDecisions(writer: Writer, tenantId: string): AsyncGenerator<StoredDecision[]> {
  for (let after = 0; ; ) {
    const { rows } = await sql<StoredDecision>`
      (select a.seq, case when d.incident_id is null and x.alert_seq is null then a.observation
          else json_build_object('absorbed', coalesce(a.observation -> 'absorbed', '[]')) end as observation,
        case when d.incident_id is null and x.alert_seq is null then a.decision end as decision
      from alert a left join deletion_item d on d.tenant_id = a.tenant_id and d.incident_id = a.incident_id
        left join deletion_alert x on x.alert_seq = a.seq
      where a.tenant_id = ${tenantId} and a.seq > ${after} order by a.seq limit ${pageSize})
      union all
      (select seq, json_build_object('absorbed', absorbed), null from correlation_absorbed
      where tenant_id = ${tenantId} and seq > ${after} order by seq limit ${pageSize})
      order by seq limit ${pageSize}`.execute(writer);
    if (rows.length === 0) return;
    yield rows;
    after = rows.at(-1)?.seq ?? after;
  }
}

/** The highest incident number a tenant has given out; 0 for none. */
export async function lastIncidentId(writer: Writer, tenantId: string): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    select greatest(
      (select max(id) from incident where tenant_id = ${tenantId}),
      (select max(id) from deleted_incident where tenant_id = ${tenantId}), 0) as last`.execute(writer);
  return rows[0]?.last ?? 0;
}

/** Facts of incidents by id, for those that are stored. */
export async function readFacts(db: Db, tenantId: string, ids: readonly number[]): Promise<Map<number, unknown>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: number; facts: unknown }>`
    select i.id, i.facts from json_to_recordset(${recordSet(ids.map((id) => ({ id })))}::json) as t (id int)
    join incident i on i.tenant_id = ${tenantId} and i.id = t.id`.execute(db);
  return new Map(rows.map(({ id, facts }) => [id, facts]));
}

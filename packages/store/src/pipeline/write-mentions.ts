import type { EntityKind } from '@throughline/model';
import { sql } from 'kysely';
import { recordSet } from './record-set.ts';
import type { EntityNumbers } from './write-entities.ts';
import type { WriterTransaction } from './writer.ts';

/** One alert names one identity. */
export type MentionWrite = {
  alertId: string;
  entityId: string;
  kind: EntityKind;
  roles: readonly string[];
  evidenceIndex: number;
  firstSeen: string;
  lastSeen: string;
};

/** Where a stored alert is. */
export type AlertPlace = { seq: number; incidentId: number };

/**
 * Links alerts and incidents to the entities they name. A mention that is stored already changes nothing, so that an
 * updated alert may bring all of its mentions again. Returns the incidents that touch a new entity, with the kinds.
 */
export async function insertMentions(
  trx: WriterTransaction,
  tenantId: string,
  mentions: readonly MentionWrite[],
  places: ReadonlyMap<string, AlertPlace>,
  numbers: EntityNumbers,
): Promise<{ incidentId: number; kind: EntityKind }[]> {
  if (mentions.length === 0) return [];
  const rows = mentions.map((mention, ord) => ({
    ord,
    a: places.get(mention.alertId)?.seq,
    i: places.get(mention.alertId)?.incidentId,
    n: numbers.get(mention.entityId),
    k: mention.kind,
    r: mention.roles,
    x: mention.evidenceIndex,
    f: mention.firstSeen,
    l: mention.lastSeen,
  }));
  const result = await sql<{ incidentId: number; kind: EntityKind; fresh: boolean }>`
    with t as materialized (
      select * from json_to_recordset(${recordSet(rows)}::json) as t (
        ord int, a bigint, i int, n bigint, k text, r text[], x int, f timestamptz, l timestamptz)
    ),
    linked as (
      insert into alert_entity (alert_seq, entity_n, roles, evidence_index)
      select distinct on (a, n) a, n, r, x from t order by a, n, ord
      on conflict (entity_n, alert_seq) do nothing
      returning alert_seq, entity_n
    )
    insert into incident_entity as k (tenant_id, incident_id, entity_n, kind, alerts_total, first_seen, last_seen)
    select ${tenantId}, t.i, t.n, min(t.k), count(distinct t.a), min(t.f), max(t.l)
    from t join linked on linked.alert_seq = t.a and linked.entity_n = t.n
    group by t.i, t.n
    on conflict (tenant_id, incident_id, entity_n) do update set alerts_total = k.alerts_total + excluded.alerts_total,
      first_seen = least(k.first_seen, excluded.first_seen), last_seen = greatest(k.last_seen, excluded.last_seen)
    returning incident_id as "incidentId", kind, (xmax = 0) as fresh`.execute(trx);
  return result.rows.filter(({ fresh }) => fresh);
}

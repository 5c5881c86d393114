import { type AssetKind, assetKinds, type IncidentAsset } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { survivorOfE } from './alert-row.ts';
import { addAssetFacts } from './asset-facts.ts';
import { FactList } from './fact-list.ts';
import { incidentDocuments } from './incident-documents.ts';
import { severityOf } from './severity-rank.ts';
import { mayNameEntity, seesAlert, seesEverything, type Viewer } from './viewer.ts';

/** Most assets of one kind that one answer lists: the worst first. */
const mostAssets = 1000;

type AssetColumns = {
  id: string;
  kind: AssetKind;
  name: string;
  aliases: string[];
  severity: number;
  alerts_active: number;
  alerts_total: number;
  first_seen: string;
  last_seen: string;
  other_incidents: number[];
  mentions: [seq: number, evidenceIndex: number][];
};

/**
 * The assets of one kind (or of all kinds) that an incident touches, the worst first: severity is that of the worst alert
 * on the asset, `details` are facts from the alerts' evidence, newest alert first.
 */
export async function incidentAssets(
  db: Db,
  viewer: Viewer,
  id: number,
  kind: AssetKind | null = null,
): Promise<IncidentAsset[]> {
  const [{ rows }, documents] = await Promise.all([
    assetsOf(viewer, id, kind === null ? assetKinds : [kind]).execute(db),
    incidentDocuments(db, viewer, id),
  ]);
  return rows.map((row) => {
    const facts = new FactList();
    const mentions = new Map(row.mentions);
    for (const { seq, evidence } of documents.values()) {
      const named = evidence[mentions.get(seq) ?? -1];
      if (named) addAssetFacts(facts, row.kind, named);
    }
    return {
      id: row.id,
      kind: row.kind,
      name: row.name,
      aliases: row.aliases,
      severity: severityOf(row.severity),
      alertsActive: row.alerts_active,
      alertsTotal: row.alerts_total,
      firstSeenDateTime: row.first_seen,
      lastSeenDateTime: row.last_seen,
      otherIncidents: row.other_incidents,
      details: facts.toRecord(),
    };
  });
}

function assetsOf(viewer: Viewer, id: number, kinds: readonly AssetKind[]) {
  const elsewhere = seesEverything(viewer)
    ? sql`true`
    : sql`exists (select from alert_entity x join alert a on a.seq = x.alert_seq
          where x.entity_n = e.n and a.incident_id = o.incident_id and ${seesAlert(viewer)})`;
  return sql<AssetColumns>`
    with mention as (
      select ${survivorOfE} as n, a.seq, a.severity, a.status, a.first_activity, a.last_activity, ae.evidence_index
      from alert a join alert_entity ae on ae.alert_seq = a.seq join entity e on e.n = ae.entity_n
      where ${seesAlert(viewer)} and a.incident_id = ${id} and e.kind = any(${kinds}::text[])
        and ${mayNameEntity(viewer)}
    ), asset as (
      select n, max(severity) as severity, count(distinct seq) filter (where status <> 'resolved') as alerts_active,
        count(distinct seq) as alerts_total, min(first_activity) as first_seen, max(last_activity) as last_seen,
        json_agg(json_build_array(seq, evidence_index)) as mentions
      from mention group by n order by 2 desc, 4 desc, 1 limit ${mostAssets}
    )
    select e.id, e.kind, e.name, asset.severity, asset.alerts_active, asset.alerts_total, asset.first_seen,
      asset.last_seen, asset.mentions,
      array(select k.key from entity_key k
        where k.entity_n = e.n or k.entity_n in (select b.n from entity b where b.tenant_id = ${viewer.tenantId} and b.redirect_to = e.n)
        order by k.n limit 50) as aliases,
      array(select o.incident_id from incident_entity o
        join incident i on i.tenant_id = o.tenant_id and i.id = o.incident_id
        where o.tenant_id = ${viewer.tenantId} and o.entity_n = e.n and o.incident_id <> ${id} and ${elsewhere}
          and i.status in ('active', 'inProgress', 'awaitingAction')
        order by o.incident_id desc limit 20) as other_incidents
    from asset join entity e on e.n = asset.n
    order by asset.severity desc, asset.alerts_total desc, e.name`;
}

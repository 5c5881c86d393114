import {
  type AssetBadge,
  artefactKinds,
  assetKinds,
  type EntityKind,
  type Evidence,
  type IncidentEvidence,
  memberOf,
  type Verdict,
  verdicts,
} from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { survivorOfE } from './alert-row.ts';
import { addEvidenceFacts } from './evidence-facts.ts';
import { FactList } from './fact-list.ts';
import { type AlertEvidence, incidentDocuments } from './incident-documents.ts';
import { mayNameEntity, seesAlert, type Viewer } from './viewer.ts';

/** Most pieces of evidence that one answer lists, and most assets and alerts of each. */
const mostPieces = 2000;
const mostAssets = 50;

/** From best known to worst: a verdict stands over none, a worse one over a better one. */
const byBadness: readonly Verdict[] = ['unknown', 'noThreatsFound', 'suspicious', 'malicious'];

type Mention = { seq: number; index: number; roles: string[] };
type PieceColumns = {
  id: string;
  kind: EntityKind;
  name: string;
  first_seen: string;
  last_seen: string;
  alert_ids: string[];
  detection_sources: string[];
  threats: string[];
  mentions: Mention[];
};
type AssetColumns = AssetBadge & { seqs: number[] };

/**
 * The artefacts of an incident, each folded over the alerts that name it: the worst verdict, the newest remediation
 * status, every role; the assets of the same alerts; facts by kind. Worst first, then newest.
 */
export async function incidentEvidence(db: Db, viewer: Viewer, id: number): Promise<IncidentEvidence[]> {
  const [pieces, assets, documents] = await Promise.all([
    piecesOf(viewer, id).execute(db),
    assetsOf(viewer, id).execute(db),
    incidentDocuments(db, viewer, id),
  ]);
  const assetsOfAlert = new Map<number, AssetBadge[]>();
  for (const { seqs, ...badge } of assets.rows) {
    for (const seq of seqs) {
      const list = assetsOfAlert.get(seq);
      if (list) list.push(badge);
      else assetsOfAlert.set(seq, [badge]);
    }
  }
  return pieces.rows
    .map((piece) => foldPiece(piece, documents, assetsOfAlert))
    .sort(
      (a, b) =>
        byBadness.indexOf(b.verdict) - byBadness.indexOf(a.verdict) ||
        b.lastSeenDateTime.localeCompare(a.lastSeenDateTime) ||
        a.name.localeCompare(b.name),
    );
}

function foldPiece(
  piece: PieceColumns,
  documents: ReadonlyMap<number, AlertEvidence>,
  assetsOfAlert: ReadonlyMap<number, AssetBadge[]>,
): IncidentEvidence {
  const facts = new FactList();
  const roles = new Set<string>();
  const assets = new Map<string, AssetBadge>();
  const mentions = new Map(piece.mentions.map((mention) => [mention.seq, mention]));
  let verdict: Verdict = 'unknown';
  let remediation: Evidence | undefined;
  for (const mention of piece.mentions) {
    for (const role of mention.roles) roles.add(role);
    for (const asset of assetsOfAlert.get(mention.seq) ?? []) if (assets.size < mostAssets) assets.set(asset.id, asset);
  }
  for (const { seq, evidence } of documents.values()) {
    const named = evidence[mentions.get(seq)?.index ?? -1];
    if (named === undefined) continue;
    const said = memberOf(verdicts, named.verdict) ?? 'unknown';
    if (byBadness.indexOf(said) > byBadness.indexOf(verdict)) verdict = said;
    if (remediation === undefined && named.remediationStatus && named.remediationStatus !== 'none') remediation = named;
    addEvidenceFacts(facts, piece.kind, named);
  }
  return {
    id: piece.id,
    kind: piece.kind,
    name: piece.name,
    verdict,
    remediationStatus: remediation?.remediationStatus ?? 'none',
    remediationStatusDetails: remediation?.remediationStatusDetails ?? null,
    roles: [...roles],
    firstSeenDateTime: piece.first_seen,
    lastSeenDateTime: piece.last_seen,
    assets: [...assets.values()],
    detectionSources: piece.detection_sources,
    threats: piece.threats,
    alertIds: piece.alert_ids,
    details: facts.toRecord(),
  };
}

function piecesOf(viewer: Viewer, id: number) {
  return sql<PieceColumns>`
    with piece as (
      select ${survivorOfE} as n, min(a.first_activity) as first_seen, max(a.last_activity) as last_seen,
        array_agg(distinct a.id) as alert_ids, array_agg(distinct a.detection_source) as detection_sources,
        coalesce(array_agg(distinct a.threat) filter (where a.threat is not null), '{}') as threats,
        json_agg(json_build_object('seq', a.seq, 'index', ae.evidence_index, 'roles', ae.roles)) as mentions
      from alert a join alert_entity ae on ae.alert_seq = a.seq join entity e on e.n = ae.entity_n
      where ${seesAlert(viewer)} and a.incident_id = ${id} and e.kind = any(${artefactKinds}::text[])
      group by 1 order by 3 desc, 1 limit ${mostPieces}
    )
    select e.id, e.kind, e.name, piece.* from piece join entity e on e.n = piece.n`;
}

function assetsOf(viewer: Viewer, id: number) {
  return sql<AssetColumns>`
    select s.kind, s.id, s.name, array_agg(distinct a.seq) as seqs
    from alert a join alert_entity ae on ae.alert_seq = a.seq join entity e on e.n = ae.entity_n
    join entity s on s.n = ${survivorOfE}
    where ${seesAlert(viewer)} and a.incident_id = ${id} and e.kind = any(${assetKinds}::text[])
      and ${mayNameEntity(viewer)}
    group by s.n, s.kind, s.id, s.name order by s.n`;
}

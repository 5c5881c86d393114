import type { Decision, Term } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { seesAlert, seesEntity, seesEverything, seesIncident, type Viewer } from './viewer.ts';

/**
 * Decisions without the alerts, devices and incidents that the viewer does not see; the same object for who sees
 * everything. A score stays as it was, so that its terms may be fewer than make it up.
 */
export async function visibleDecisions<Row extends { decision: Decision }>(
  db: Db,
  viewer: Viewer,
  rows: Row[],
): Promise<Row[]> {
  if (seesEverything(viewer) || rows.length === 0) return rows;
  const terms = rows.flatMap(({ decision }) => [...decision.terms, ...decision.merges.flatMap((merge) => merge.terms)]);
  const shared = rows.flatMap(({ decision }) => decision.refusals.flatMap(({ entity }) => entity?.id ?? []));
  const incidents = rows.flatMap(({ decision }) => [
    ...decision.refusals.map(({ incidentId }) => incidentId),
    ...decision.merges.map(({ from }) => from),
    ...(decision.continues === null ? [] : [decision.continues]),
  ]);
  const seen = await seenOf(db, viewer, {
    alerts: terms.flatMap(({ alertId }) => alertId ?? []),
    entities: [...terms.flatMap(({ entity }) => entity?.id ?? []), ...shared],
    incidents,
  });
  const keeps = ({ alertId, entity }: Term) =>
    (alertId === null || seen.alerts.has(alertId)) && (entity === null || seen.entities.has(entity.id));
  return rows.map((row) => {
    const { decision } = row;
    const continues = decision.continues !== null && seen.incidents.has(decision.continues) ? decision.continues : null;
    const refusals = decision.refusals
      .filter(({ incidentId }) => seen.incidents.has(incidentId))
      .map((refusal) =>
        refusal.entity && !seen.entities.has(refusal.entity.id) ? { ...refusal, entity: null } : refusal,
      );
    const merges = decision.merges
      .filter(({ from }) => seen.incidents.has(from))
      .map((merge) => ({ ...merge, terms: merge.terms.filter(keeps) }));
    return { ...row, decision: { ...decision, continues, refusals, merges, terms: decision.terms.filter(keeps) } };
  });
}

type Named<T> = { alerts: T; entities: T };

async function seenOf(
  db: Db,
  viewer: Viewer,
  { alerts, entities, incidents }: Named<string[]> & { incidents: number[] },
): Promise<Named<Set<string>> & { incidents: Set<number> }> {
  const { rows } = await sql<Named<string[]> & { incidents: number[] }>`
    select
      array(select a.id from alert a where ${seesAlert(viewer)} and a.id = any(${alerts}::text[])) as alerts,
      array(select e.id from entity e where e.tenant_id = ${viewer.tenantId} and e.id = any(${entities}::text[])
        and ${seesEntity(viewer)}) as entities,
      array(select i.id from incident i where ${seesIncident(viewer)} and i.id = any(${incidents}::int[])) as incidents`.execute(
    db,
  );
  const [row] = rows;
  return { alerts: new Set(row?.alerts), entities: new Set(row?.entities), incidents: new Set(row?.incidents) };
}

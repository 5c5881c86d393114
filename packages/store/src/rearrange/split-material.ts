import type { Decision } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { seesAlert, type Viewer } from '../query/viewer.ts';

/** An entity of an incident, and the incident's alerts with the entities they name, in order of correlation. */
export type SplitMaterial = {
  entity: { id: string; kind: string; name: string };
  alerts: {
    id: string;
    title: string;
    first: string;
    last: string;
    observation: unknown;
    decision: Decision;
    entityIds: string[];
  }[];
};

/** What is needed to part an incident by an entity; null when the viewer sees no alert of it that names the entity. */
export async function splitMaterial(
  db: Db,
  viewer: Viewer,
  incidentId: number,
  entityId: string,
): Promise<SplitMaterial | null> {
  const { rows: alerts } = await sql<SplitMaterial['alerts'][number]>`
    select a.id, a.title, a.first_activity as first, a.last_activity as last, a.observation, a.decision,
      array(select e.id from alert_entity ae join entity e on e.n = ae.entity_n where ae.alert_seq = a.seq
        order by e.n) as "entityIds"
    from alert a where ${seesAlert(viewer)} and a.incident_id = ${incidentId} order by a.seq`.execute(db);
  if (!alerts.some(({ entityIds }) => entityIds.includes(entityId))) return null;
  const entity = await db
    .selectFrom('entity')
    .select(['id', 'kind', 'name'])
    .where('tenant_id', '=', viewer.tenantId)
    .where('id', '=', entityId)
    .executeTakeFirst();
  return entity === undefined ? null : { entity, alerts };
}

import type { IncidentSummary } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { isOpen } from './incident-conditions.ts';
import { seesIncident, type Viewer } from './viewer.ts';

/** The numbers above the queue, over all open incidents that the viewer sees (background groups are not incidents). */
export async function incidentSummary(db: Db, viewer: Viewer): Promise<IncidentSummary> {
  const { rows } = await sql<IncidentSummary>`
    select count(*) as open,
           count(*) filter (where i.severity = 4) as high,
           count(*) filter (where i.assigned_to is null) as unassigned,
           count(*) filter (where i.assigned_to = ${viewer.userName}) as mine,
           (select min(w.created_at) from incident w where ${seesIncident(viewer, 'w')} and w.assigned_to is null
              and w.kind = 'incident' and w.status in ('active', 'inProgress', 'awaitingAction')) as "oldestUnassigned"
    from incident i
    where ${seesIncident(viewer)} and i.kind = 'incident' and ${isOpen}`.execute(db);
  return rows[0] ?? { open: 0, high: 0, unassigned: 0, mine: 0, oldestUnassigned: null };
}

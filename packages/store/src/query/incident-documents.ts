import type { Evidence } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { seesAlert, type Viewer } from './viewer.ts';

/** The evidence of one alert of an incident, with what folding it needs. */
export type AlertEvidence = {
  seq: number;
  alertId: string;
  detectionSource: string;
  threat: string | null;
  lastActivity: string;
  evidence: Evidence[];
};

/** Of larger incidents only the newest alerts' documents are read for facts: a page stays quick, counts stay exact. */
export const mostDocuments = 500;

/** The evidence of an incident's newest alerts, newest first, by alert number. */
export async function incidentDocuments(db: Db, viewer: Viewer, id: number): Promise<Map<number, AlertEvidence>> {
  const { rows } = await sql<AlertEvidence>`
    select a.seq, a.id as "alertId", a.detection_source as "detectionSource", a.threat, a.last_activity as "lastActivity",
      a.doc -> 'evidence' as evidence
    from alert a where ${seesAlert(viewer)} and a.incident_id = ${id}
    order by a.last_activity desc, a.seq desc limit ${mostDocuments}`.execute(db);
  return new Map(rows.map((row) => [row.seq, row]));
}

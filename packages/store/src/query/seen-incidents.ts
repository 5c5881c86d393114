import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { seesIncident, type Viewer } from './viewer.ts';

/** Those of the incidents that the viewer sees now. */
export async function seenIncidents(db: Db, viewer: Viewer, ids: readonly number[]): Promise<Set<number>> {
  if (ids.length === 0) return new Set();
  const { rows } = await sql<{ id: number }>`
    select i.id from incident i where ${seesIncident(viewer)} and i.id = any(${ids}::int[])`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

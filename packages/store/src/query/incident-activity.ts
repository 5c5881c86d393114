import type { ActivityEntry, ActivityKind } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { type ActivityColumns, activityColumns, seesActivity, toActivityEntry } from './activity-entry.ts';
import { allOf } from './incident-conditions.ts';
import { familyOf } from './incident-family.ts';
import { QueryError, refuseNul } from './query-error.ts';
import { type Condition, seesEverything, type Viewer } from './viewer.ts';

/** What part of the log to read. `actor` is a name; `origin` one incident of the family; `alert` an alert's id. */
export type ActivityQuery = {
  limit: number;
  cursor?: string | undefined;
  kind?: readonly ActivityKind[] | undefined;
  actor?: string | undefined;
  origin?: number | undefined;
  alert?: string | undefined;
};

export type ActivityPage = { items: ActivityEntry[]; next: string | null };

/**
 * The activity log of an incident and of all that were merged into it, newest first; `incidentId` of an entry says where
 * it happened.
 *
 * @throws QueryError for a cursor that is none.
 */
export async function incidentActivity(
  db: Db,
  viewer: Viewer,
  id: number,
  query: ActivityQuery,
): Promise<ActivityPage> {
  refuseNul(query);
  const conditions: Condition[] = [
    seesActivity(viewer, 'v'),
    sql<boolean>`v.incident_id in ${familyOf(viewer.tenantId, id)}`,
  ];
  if (query.kind !== undefined) conditions.push(sql<boolean>`v.kind = any(${query.kind}::text[])`);
  if (query.actor !== undefined) conditions.push(sql<boolean>`v.actor_name = ${query.actor}`);
  if (query.origin !== undefined) conditions.push(sql<boolean>`v.incident_id = ${query.origin}::bigint`);
  if (query.alert !== undefined) conditions.push(sql<boolean>`v.alert_id = ${query.alert}`);
  if (query.cursor !== undefined) conditions.push(sql<boolean>`v.id < ${readCursor(query.cursor)}::bigint`);
  const { rows } = await sql<ActivityColumns>`
    select ${activityColumns} from activity v where ${allOf(conditions)}
    order by v.id desc limit ${query.limit + 1}`.execute(db);
  const shown = rows.slice(0, query.limit);
  return {
    items: shown.map(toActivityEntry).map((entry) => (seesEverything(viewer) ? entry : withoutReason(entry))),
    next: rows.length > query.limit ? String(shown.at(-1)?.id) : null,
  };
}

const plainWords: Partial<Record<ActivityKind, string>> = {
  incidentOpened: 'Opened the incident',
  alertLinked: 'Linked an alert',
  incidentMerged: 'Merged with another incident',
};

// Correlation's reasons name alerts, devices and incidents that a scoped viewer may not see; an alert's own page tells
// what they may.
function withoutReason(entry: ActivityEntry): ActivityEntry {
  const summary = plainWords[entry.kind];
  return summary === undefined ? entry : { ...entry, summary, before: {}, after: {} };
}

function readCursor(cursor: string): number {
  if (!/^\d{1,15}$/.test(cursor)) {
    throw new QueryError('cursor', 'This cursor is not one of the activity log; start again without it.');
  }
  return Number(cursor);
}

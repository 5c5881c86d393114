import type { ActivityEntry, ActivityKind, Actor } from '@throughline/model';
import { sql } from 'kysely';
import { type Condition, seesAlert, seesEverything, seesIncident, type Viewer } from './viewer.ts';

/** What an entry needs of `activity v`; on a new comment also its newest version. */
export const activityColumns = sql`
  v.id, v.at, v.kind, v.actor_kind, v.actor_name, v.incident_id, v.alert_id, v.summary, v.before, v.after,
  (select json_build_object('id', w.comment_id, 'text', w.text, 'at', w.at, 'versions', w.version)
     from comment_version w where v.kind = 'commented' and w.comment_id = v.comment_id
     order by w.version desc limit 1) as comment`;

export type ActivityColumns = {
  id: number;
  at: string;
  kind: ActivityKind;
  actor_kind: Actor['kind'];
  actor_name: string;
  incident_id: number;
  alert_id: string | null;
  summary: string;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
  comment: { id: number; text: string; at: string; versions: number } | null;
};

/** A stored activity as the log shows it. */
export function toActivityEntry(row: ActivityColumns): ActivityEntry {
  const { comment } = row;
  return {
    id: row.id,
    at: row.at,
    kind: row.kind,
    actor: { kind: row.actor_kind, name: row.actor_name },
    incidentId: row.incident_id,
    alertId: row.alert_id,
    summary: row.summary,
    before: row.before,
    after: row.after,
    comment: comment && {
      id: comment.id,
      text: comment.text,
      editedDateTime: comment.versions > 1 ? new Date(comment.at).toISOString() : null,
      versions: comment.versions,
    },
  };
}

// Of many alerts an entry lists the first only: who sees less than everything does not learn of the rest.
const alertIds = sql`case when jsonb_typeof(v.after -> 'alertIds') = 'array' then v.after -> 'alertIds' end`;
const alertsTold = sql`case when jsonb_typeof(v.after -> 'alerts') = 'number' then (v.after ->> 'alerts')::numeric else 0 end`;

/**
 * The condition that the viewer sees an entry of `activity v`, or a comment, on an incident that they see: they see every
 * alert that it names.
 */
export function seesActivity(viewer: Viewer, name: 'v' | 'c'): Condition {
  const own = sql<boolean>`${sql.ref(`${name}.tenant_id`)} = ${viewer.tenantId}`;
  if (seesEverything(viewer)) return own;
  const hidden = sql`select from alert a where a.tenant_id = ${viewer.tenantId} and not ${seesAlert(viewer)}`;
  const named = sql.ref(`${name}.alert_id`);
  const listed =
    name === 'v'
      ? sql`and not exists (${hidden} and a.id in (select jsonb_array_elements_text(${alertIds})))
      and ${alertsTold} <= coalesce(jsonb_array_length(${alertIds}), 0)`
      : sql``;
  return sql<boolean>`(${own}
    and exists (select from incident i where ${seesIncident(viewer)} and i.id = ${sql.ref(`${name}.incident_id`)})
    and (${named} is null or not exists (${hidden} and a.id = ${named})) ${listed})`;
}

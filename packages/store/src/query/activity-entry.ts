import type { ActivityEntry, ActivityKind, Actor } from '@throughline/model';
import { sql } from 'kysely';

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

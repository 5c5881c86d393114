import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { seesActivity } from './activity-entry.ts';
import type { Viewer } from './viewer.ts';

/** What a comment said, since when, by whom. */
export type CommentVersion = { text: string; at: string; by: string };

/** Every version of a comment, oldest first; null when there is no such comment. */
export async function commentVersions(db: Db, viewer: Viewer, commentId: number): Promise<CommentVersion[] | null> {
  const { rows } = await sql<CommentVersion>`
    select w.text, w.at, w.by from comment c join comment_version w on w.comment_id = c.id
    where ${seesActivity(viewer, 'c')} and c.id = ${commentId}::bigint order by w.version`.execute(db);
  return rows.length === 0 ? null : rows;
}

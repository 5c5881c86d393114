import { type AssetBadge, groupAssignee, type IncidentStatus } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { entitiesLike } from './entity-match.ts';
import { beginning, containing } from './like.ts';
import { refuseNul } from './query-error.ts';
import { seesEntity, seesEverything, seesIncident, type Viewer } from './viewer.ts';

/** The custom tags in use that begin with `prefix` (any case), the most used first. */
export async function listTags(
  db: Db,
  viewer: Viewer,
  prefix = '',
  limit = 50,
): Promise<{ tag: string; count: number }[]> {
  refuseNul({ prefix });
  const { rows } = await sql<{ tag: string; count: number }>`
    select tag, count(*) as count from incident i, unnest(custom_tags) tag
    where ${seesIncident(viewer)} and custom_tags <> '{}' and tag ilike ${beginning(prefix)}
    group by tag order by 2 desc, 1 limit ${limit}`.execute(db);
  return rows;
}

/**
 * To whom work can be given: accounts of people that are not disabled, by display name, then the user groups, as work is
 * stored that is theirs.
 */
export async function listAssignees(
  db: Db,
  { tenantId }: Viewer,
): Promise<{ userName: string; displayName: string }[]> {
  const { rows: people } = await sql<{ userName: string; displayName: string }>`
    select user_name as "userName", display_name as "displayName" from account
    where tenant_id = ${tenantId} and kind = 'person' and not disabled
    order by lower(display_name), user_name limit 1000`.execute(db);
  const { rows: groups } = await sql<{ name: string }>`
    select name from user_group where tenant_id = ${tenantId} order by lower(name) limit 1000`.execute(db);
  return [...people, ...groups.map(({ name }) => ({ userName: groupAssignee(name), displayName: name }))];
}

/** Entities whose name contains `text` or of which a key begins with it, the last seen first. Nothing for an empty text. */
export async function suggestEntities(db: Db, viewer: Viewer, text: string, limit = 20): Promise<AssetBadge[]> {
  refuseNul({ q: text });
  const wanted = text.trim();
  if (wanted === '') return [];
  // Alerts of a scoped viewer must name it.
  const named = seesEverything(viewer) ? sql`true` : seesEntity(viewer);
  const { rows } = await sql<AssetBadge>`
    select e.kind, e.id, e.name from entity e
    where e.tenant_id = ${viewer.tenantId} and e.redirect_to is null and e.n in ${entitiesLike(viewer.tenantId, wanted)}
      and ${named}
    order by e.last_seen desc, e.n limit ${limit}`.execute(db);
  return rows;
}

/** Incidents whose name contains `text` or that bear it as id, the last updated first; merged ones left out. */
export async function suggestIncidents(
  db: Db,
  viewer: Viewer,
  text: string,
  limit = 20,
): Promise<{ id: number; displayName: string; status: IncidentStatus }[]> {
  refuseNul({ q: text });
  const wanted = text.trim();
  const id = Number(/^#?(\d{1,9})$/.exec(wanted)?.[1] ?? 0);
  const { rows } = await sql<{ id: number; displayName: string; status: IncidentStatus }>`
    select id, display_name as "displayName", status from incident i
    where ${seesIncident(viewer)} and status <> 'redirected' and (id = ${id} or display_name ilike ${containing(wanted)})
    order by id = ${id} desc, updated_at desc, id desc limit ${limit}`.execute(db);
  return rows;
}

import { groupAssignee, myGroupsWord } from '@throughline/model';
import { sql } from 'kysely';
import type { Condition, Viewer } from './viewer.ts';

const noNames: ReadonlySet<string> = new Set(['unassigned', myGroupsWord]);

/**
 * Whether `incident i` or `alert a` is assigned to any of these: user names, groups as stored, and the words "me",
 * "my-groups" (the user groups that the viewer is in) and "unassigned".
 */
export function assignedToAny(table: 'i' | 'a', values: readonly string[], viewer: Viewer): Condition {
  const column = sql.ref(`${table}.assigned_to`);
  const names = values.filter((name) => !noNames.has(name)).map((name) => (name === 'me' ? viewer.userName : name));
  const conditions: Condition[] = [sql<boolean>`${column} = any(${names}::text[])`];
  if (values.includes('unassigned')) conditions.unshift(sql<boolean>`${column} is null`);
  if (values.includes(myGroupsWord)) {
    conditions.push(sql<boolean>`${column} in (
      select ${groupAssignee('')} || g.name from user_group g join user_group_member m on m.user_group_id = g.id
      join account o on o.id = m.account_id
      where g.tenant_id = ${viewer.tenantId} and o.tenant_id = g.tenant_id and lower(o.user_name) = lower(${viewer.userName}))`);
  }
  return conditions.length === 1 ? (conditions[0] as Condition) : sql<boolean>`(${sql.join(conditions, sql` or `)})`;
}

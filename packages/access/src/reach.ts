import type { Permission, SourceLimit } from '@throughline/model';
import type { Principal } from './principal.ts';
import { permissionsOfAssigned, permissionsOfRole } from './role.ts';
import { bothLimits, eitherLimit, letsThrough } from './source-limit.ts';

type Rights = Pick<Principal, 'role' | 'roleSources' | 'assigned'>;

/**
 * The sources a permission reaches: those of all roles that bring it, together. Null = all; undefined when no role brings
 * it.
 */
export function sourcesOfPermission(
  { role, roleSources, assigned }: Rights,
  permission: Permission,
): SourceLimit | null | undefined {
  let reached: SourceLimit | null | undefined = permissionsOfRole(role).has(permission) ? roleSources : undefined;
  for (const each of assigned) {
    if (!permissionsOfAssigned(each).has(permission)) continue;
    const { sources = null } = each;
    reached = reached === undefined ? sources : eitherLimit(reached, sources);
  }
  return reached;
}

// What these show or change is incidents.
const needsReading: ReadonlySet<Permission> = new Set(['incidents.manage', 'notifications.manage', 'tuning.manage']);

/** The sources somebody reaches through a route that asks for `permission`. Nobody changes what they may not read. */
export function sourcesFor(rights: Rights, permission: Permission): SourceLimit | null {
  const reached = sourcesOfPermission(rights, permission);
  if (!needsReading.has(permission)) return reached ?? null;
  return bothLimits(reached ?? null, sourcesOfPermission(rights, 'incidents.read') ?? null);
}

/** Somebody's scope: device groups and sources, null = all of them. */
export type Scope = { groups: readonly number[] | null; sources: SourceLimit | null };

/** Whether an alert is in scope: it concerns one of the device groups, and its source is let through. */
export function inScope({ groups, sources }: Scope, alert: { groups: readonly number[]; source: string }): boolean {
  return (
    letsThrough(sources, alert.source) && (groups === null || alert.groups.some((group) => groups.includes(group)))
  );
}

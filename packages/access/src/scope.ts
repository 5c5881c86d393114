import type { Permission, Role, TokenScope } from '@throughline/model';
import type { AssignedRole } from './principal.ts';
import { rolesAllow } from './role.ts';

// No scope reaches accounts or tokens: a stolen token cannot make itself a successor.
const permissionsByScope: Record<TokenScope, readonly Permission[]> = {
  intake: ['intake.write'],
  read: ['incidents.read', 'ledger.read'],
  write: ['incidents.manage', 'deadLetters.replay', 'demo.load'],
};

/** What a set of token scopes allows at most; the owner's roles limit it further. */
export function permissionsOfScopes(scopes: readonly TokenScope[]): ReadonlySet<Permission> {
  return new Set(scopes.flatMap((scope) => permissionsByScope[scope]));
}

/** The first scope of which no role allows anything: a token with it would look useful and be useless. */
export function scopeBeyondRole(
  role: Role,
  scopes: readonly TokenScope[],
  assigned: readonly AssignedRole[] = [],
): TokenScope | undefined {
  return scopes.find((scope) => permissionsByScope[scope].every((each) => !rolesAllow({ role, assigned }, each)));
}

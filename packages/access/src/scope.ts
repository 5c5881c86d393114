import type { Permission, TokenScope } from '@throughline/model';

// No scope reaches accounts or tokens: a stolen token cannot make itself a successor.
const permissionsByScope: Record<TokenScope, readonly Permission[]> = {
  intake: ['intake.write'],
  read: ['incidents.read', 'ledger.read'],
  write: ['incidents.manage', 'deadLetters.replay', 'demo.load'],
};

/** What a set of token scopes allows at most; the owner's role limits it further. */
export function permissionsOfScopes(scopes: readonly TokenScope[]): ReadonlySet<Permission> {
  return new Set(scopes.flatMap((scope) => permissionsByScope[scope]));
}

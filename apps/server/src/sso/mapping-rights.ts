import { type Principal, permissionsOfAssigned, permissionsOfRole } from '@throughline/access';
import type { SignInMapping } from '@throughline/model';
import { type Db, listMappings } from '@throughline/store';
import { requireOwnRights, requireRightsOfGroup, rolesOf } from '../scope/own-rights.ts';

/** Refuses mappings that give more than the giver has. Throws ApiError 403 `beyondOwnRights`. */
export async function requireRightsOfMappings(
  db: Db,
  principal: Principal,
  mappings: readonly SignInMapping[],
): Promise<void> {
  for (const { gives } of mappings) {
    if (gives.kind === 'role') requireOwnRights(principal, permissionsOfRole(gives.role));
    else if (gives.kind === 'userGroup') await requireRightsOfGroup(db, principal, gives.id);
    else
      for (const role of await rolesOf(db, principal.tenantId, [gives.key]))
        requireOwnRights(principal, permissionsOfAssigned(role));
  }
}

/**
 * Refuses to change a provider that gives more than who changes it has: another issuer or claim decides who gets it.
 * Throws ApiError 403 `beyondOwnRights`, SsoError `noSuchProvider`.
 */
export async function requireRightsOfProvider(db: Db, principal: Principal, providerId: number): Promise<void> {
  await requireRightsOfMappings(db, principal, await listMappings(db, principal.tenantId, providerId));
}

import { beyondOwnRights, permissionsOfRights, permissionsOfRole } from '@throughline/access';
import { membershipBody, people, type Role, type SignInWay, signInWays, tokenExpiresSoonMs } from '@throughline/model';
import { listPeople, setUserGroupsOf, userGroupsOf } from '@throughline/store';
import { numericId } from '../api/path-params.ts';
import type { Route } from '../api/route.ts';
import { route } from '../api/route.ts';
import { requireNotAbove, requireOwnRights } from '../scope/own-rights.ts';
import { permissionsOfGift } from './invitation-rights.ts';

const chapter = 'Accounts';

/** Accounts with all there is to know about them. */
export const peopleRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/people',
    access: 'accounts.read',
    chapter,
    summary: 'All accounts with their groups, rights, ways in and tokens',
    answer: people.meta({ id: 'People' }),
    handle: async ({ db, principal, clock }) => {
      const now = clock();
      const listed = await listPeople(db, principal.tenantId, now, new Date(now.getTime() + tokenExpiresSoonMs));
      const beyondOf = (role: Role) => beyondOwnRights(principal, permissionsOfRole(role)) ?? null;
      return {
        items: listed.map(({ assigned, hasPassword, hasProvider, hasPasskey, hasAuthenticator, ...person }) => {
          const has: Record<SignInWay, boolean> = {
            password: hasPassword,
            provider: hasProvider,
            passkey: hasPasskey,
            authenticator: hasAuthenticator,
            tokens: person.tokens > 0,
          };
          const permissions = permissionsOfRights({ role: person.role, assigned });
          return {
            ...person,
            signInWays: signInWays.filter((way) => has[way]),
            permissions,
            beyond: beyondOwnRights(principal, permissions) ?? null,
          };
        }),
        beyondOfRole: {
          reader: beyondOf('reader'),
          operator: beyondOf('operator'),
          administrator: beyondOf('administrator'),
        },
      };
    },
  }),
  route({
    method: 'post',
    path: '/api/accounts/{id}/user-groups',
    access: 'access.manage',
    audit: { action: 'account.change' },
    chapter,
    summary: 'Put an account into exactly these user groups',
    params: numericId,
    body: membershipBody,
    refusals: [409],
    handle: async ({ db, principal, params, body }) => {
      const { tenantId } = principal;
      await requireNotAbove(db, principal, params.id);
      const now = await userGroupsOf(db, tenantId, params.id);
      const wanted = body.userGroupIds;
      // What it is in already is nothing that is given.
      const userGroupIds = wanted.filter((id) => !now.includes(id));
      requireOwnRights(principal, await permissionsOfGift(db, tenantId, { userGroupIds }));
      await setUserGroupsOf(db, tenantId, params.id, wanted);
    },
  }),
];

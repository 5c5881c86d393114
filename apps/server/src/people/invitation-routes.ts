import { type Invitation, invitation, invitationAgain, invitationBody, invitationMade } from '@throughline/model';
import {
  createInvitation,
  invitationGives,
  listInvitations,
  resendInvitation,
  revokeInvitation,
} from '@throughline/store';
import { z } from 'zod';
import { numericId } from '../api/path-params.ts';
import type { Route } from '../api/route.ts';
import { route } from '../api/route.ts';
import { invitationUrl } from '../http/sign-in-url.ts';
import { requireOwnRights } from '../scope/own-rights.ts';
import { permissionsOfGift } from './invitation-rights.ts';

const chapter = 'Accounts';
const made = invitationMade.meta({ id: 'InvitationMade' });
const withUrl = (base: URL | string, { invitation, secret }: { invitation: Invitation; secret: string }) => ({
  ...invitation,
  url: invitationUrl(base, secret),
});

/** Invitations by link, for administrators. */
export const invitationRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/invitations',
    access: 'accounts.read',
    chapter,
    summary: 'Open invitations, newest first',
    answer: z.strictObject({ items: z.array(invitation.meta({ id: 'Invitation' })) }),
    handle: async ({ db, principal, clock }) => ({ items: await listInvitations(db, principal.tenantId, clock()) }),
  }),
  route({
    method: 'post',
    path: '/api/invitations',
    access: 'accounts.manage',
    audit: { action: 'invitation.create' },
    chapter,
    summary: 'Invite a person by link',
    description:
      'The link is in this answer only. It is good once, for 1 to 14 days, and makes the account when it is accepted.',
    body: invitationBody,
    answer: made,
    status: 201,
    refusals: [404, 409],
    handle: async ({ db, principal, body, clock, settings, c }) => {
      const { tenantId, accountId } = principal;
      requireOwnRights(principal, await permissionsOfGift(db, tenantId, body));
      const { expiresInDays: days, ...fields } = body;
      const base = settings.publicUrl ?? new URL(c.req.url);
      return withUrl(base, await createInvitation(db, { tenantId, accountId, now: clock(), days }, fields));
    },
  }),
  route({
    method: 'post',
    path: '/api/invitations/{id}/resend',
    access: 'accounts.manage',
    audit: { action: 'invitation.resend' },
    chapter,
    summary: 'Give an invitation a new link',
    description: 'The old link is dead. Who sends it again answers for it from then on.',
    params: numericId,
    body: invitationAgain,
    answer: made,
    status: 201,
    handle: async ({ db, principal, params, body, clock, settings, c }) => {
      const { tenantId, accountId } = principal;
      requireOwnRights(
        principal,
        await permissionsOfGift(db, tenantId, await invitationGives(db, tenantId, params.id)),
      );
      const inviter = { tenantId, accountId, now: clock(), days: body.expiresInDays };
      const base = settings.publicUrl ?? new URL(c.req.url);
      return withUrl(base, await resendInvitation(db, inviter, params.id));
    },
  }),
  route({
    method: 'delete',
    path: '/api/invitations/{id}',
    access: 'accounts.manage',
    audit: { action: 'invitation.revoke' },
    chapter,
    summary: 'Withdraw an invitation',
    params: numericId,
    handle: ({ db, principal, params }) => revokeInvitation(db, principal.tenantId, params.id),
  }),
];

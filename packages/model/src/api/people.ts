import { z } from 'zod';
import { longestInvitationDays, longestServiceTokenDays, permissions, roles, tokenScopes } from '../permission.ts';
import { account, apiToken } from './operate.ts';

const text = (most: number) =>
  z
    .string()
    .max(most)
    .refine((value) => value.isWellFormed() && !/\p{Cc}/u.test(value), 'expected text without control characters');
const label = (most: number) => text(most).trim().min(1);
const id = z.int().min(1).max(2_147_483_647);
const groupIds = z.array(id).max(1000).default([]);
const named = z.strictObject({ id: z.int(), name: z.string() });

/** Ways in that an account has, and what is asked beside a password; API tokens are for programs. */
export const signInWays = ['password', 'provider', 'passkey', 'authenticator', 'tokens'] as const;
export type SignInWay = (typeof signInWays)[number];

/** An account as the page of people shows it. */
export const person = account.extend({
  userGroups: z.array(named),
  /** The device groups it sees; null = everything. */
  deviceGroups: z.array(named).nullable(),
  signInWays: z.array(z.enum(signInWays)),
  /** Tokens that are valid, and those of them that end within 14 days. */
  tokens: z.int(),
  tokensExpiringSoon: z.int(),
  /** All that its roles allow. */
  permissions: z.array(z.enum(permissions)),
  /** The first thing it may do and who asks may not: then who asks cannot change it. */
  beyond: z.enum(permissions).nullable(),
});
export type Person = z.infer<typeof person>;

const beyond = z.enum(permissions).nullable();
export const people = z.strictObject({
  items: z.array(person),
  /** For each role the first thing it allows and who asks may not do: then they cannot give it. */
  beyondOfRole: z.strictObject({ reader: beyond, operator: beyond, administrator: beyond }),
});
export type People = z.infer<typeof people>;

/** The user groups an account is to be in. */
export const membershipBody = z.strictObject({ userGroupIds: z.array(id).max(1000) });

export const invitation = z.strictObject({
  id: z.int(),
  userName: z.string(),
  displayName: z.string(),
  role: z.enum(roles),
  userGroups: z.array(named),
  note: z.string(),
  invitedBy: z.string(),
  createdDateTime: z.string(),
  expiresDateTime: z.string(),
  /** It is too old: send it again or withdraw it. */
  expired: z.boolean(),
});
export type Invitation = z.infer<typeof invitation>;
const days = z.int().min(1).max(longestInvitationDays);
export const invitationBody = z.strictObject({
  userName: label(200),
  displayName: label(200),
  role: z.enum(roles),
  userGroupIds: groupIds,
  /** For whom it is, an e-mail address perhaps; nothing is sent. */
  note: text(200).trim().default(''),
  expiresInDays: days.default(7),
});
export const invitationAgain = z.strictObject({ expiresInDays: days.default(7) });
/** `url` is shown this once. */
export const invitationMade = invitation.extend({ url: z.string() });
export type InvitationMade = z.infer<typeof invitationMade>;

const secret = z.string().min(1).max(200);
export const invitationOpenBody = z.strictObject({ token: secret });
/** What an invited person is shown. */
export const invitationOpened = z.strictObject({
  id: z.int(),
  userName: z.string(),
  displayName: z.string(),
  invitedBy: z.string(),
  expiresDateTime: z.string(),
});
export type InvitationOpened = z.infer<typeof invitationOpened>;
export const invitationAcceptBody = z.strictObject({
  token: secret,
  displayName: label(200),
  password: z.string().min(12).max(1000),
});

export const serviceAccountBody = z.strictObject({
  userName: label(200),
  displayName: label(200),
  role: z.enum(roles),
  userGroupIds: groupIds,
  /** The device groups it sees; none = everything. 0 is "Ungrouped devices". */
  deviceGroupIds: z.array(z.int().min(0).max(2_147_483_647)).max(1000).default([]),
});

/** When a token ends: after days, or at an instant; within two years. */
const life = {
  expiresInDays: z.int().min(1).max(longestServiceTokenDays).optional(),
  expiresDateTime: z.iso.datetime({ offset: true }).max(40).optional(),
};
const oneLife = (body: { expiresInDays?: unknown; expiresDateTime?: unknown }) =>
  (body.expiresInDays === undefined) !== (body.expiresDateTime === undefined);
const oneLifeWords = { path: ['expiresInDays'], error: 'Give expiresInDays or expiresDateTime, one of them.' };
export const serviceTokenBody = z
  .strictObject({ name: label(100), scopes: z.array(z.enum(tokenScopes)).min(1).max(20), ...life })
  .refine(oneLife, oneLifeWords);
/** The old token goes on for so many hours, 0 = ends at once. */
export const tokenReplaceBody = z
  .strictObject({ ...life, endsInHours: z.int().min(0).max(168).default(24) })
  .refine(oneLife, oneLifeWords);

/** A token of the tenant, with whose it is. */
export const tenantToken = apiToken.extend({
  owner: account.pick({ id: true, kind: true, userName: true, displayName: true, disabled: true }),
  /** Who made it, where that is not the owner. */
  createdBy: z.string().nullable(),
  /** The first thing the owner may do and who asks may not: then who asks cannot revoke it. */
  beyond: z.enum(permissions).nullable(),
});
export type TenantToken = z.infer<typeof tenantToken>;

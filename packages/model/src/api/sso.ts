import { z } from 'zod';
import { roles } from '../permission.ts';
import { roleKey } from './scope.ts';

const plain = (most: number) =>
  z
    .string()
    .max(most)
    .refine((value) => value.isWellFormed() && !/\p{Cc}/u.test(value), 'expected text without control characters');
const label = (most: number) => plain(most).trim().min(1);
const id = z.int().min(1).max(2_147_483_647);

/** Who may come in through a provider: people with a mapped group, or everybody it knows. */
export const providerAdmissions = ['mapped', 'everyone'] as const;
export type ProviderAdmission = (typeof providerAdmissions)[number];

/** A sign-in provider (OpenID Connect). Its client secret is never shown. */
export const signInProvider = z.strictObject({
  id,
  /** The words on the button. */
  name: z.string(),
  issuer: z.string(),
  clientId: z.string(),
  hasSecret: z.boolean(),
  scopes: z.string(),
  /** Claim with the groups of a person; dots lead into objects. */
  groupsClaim: z.string(),
  userNameClaim: z.string(),
  admission: z.enum(providerAdmissions),
  enabled: z.boolean(),
  /** Accounts that are linked to it. */
  accounts: z.int(),
  /** Whether an administrator who sees everything has signed in through it since it was last changed. */
  proven: z.boolean(),
  changedDateTime: z.string(),
  changedBy: z.string(),
});
export type SignInProvider = z.infer<typeof signInProvider>;

/** Scopes as OAuth writes them, `openid` among them (RFC 6749, 3.3). */
const scopes = label(500).refine(
  (text) => /^[!#-[\]-~]+( [!#-[\]-~]+)*$/.test(text) && text.split(' ').includes('openid'),
  'expected scopes with single spaces between, "openid" among them',
);
const providerFields = {
  name: label(60),
  issuer: label(500),
  clientId: label(300),
  /** Left out, the stored one stays, unless the issuer's host changes; null wipes it. */
  clientSecret: z.string().min(1).max(2000).nullable().optional(),
  scopes,
  groupsClaim: label(200),
  userNameClaim: label(200),
  admission: z.enum(providerAdmissions),
  enabled: z.boolean(),
};
export const signInProviderBody = z.strictObject({
  ...providerFields,
  scopes: scopes.default('openid profile email'),
  groupsClaim: providerFields.groupsClaim.default('groups'),
  userNameClaim: providerFields.userNameClaim.default('preferred_username'),
  admission: providerFields.admission.default('mapped'),
  enabled: z.boolean().default(true),
});
export type SignInProviderBody = z.infer<typeof signInProviderBody>;
export const signInProviderChange = z.strictObject(providerFields).partial();
export type SignInProviderChange = z.infer<typeof signInProviderChange>;

/** What a claim value gives: the account's role, a further role, or membership in a group of people. */
export const mappingGift = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('role'), role: z.enum(roles) }),
  z.strictObject({ kind: z.literal('assignment'), key: roleKey }),
  z.strictObject({ kind: z.literal('userGroup'), id }),
]);
export type MappingGift = z.infer<typeof mappingGift>;
export const signInMapping = z.strictObject({ value: label(500), gives: mappingGift });
export type SignInMapping = z.infer<typeof signInMapping>;
export const signInMappings = z.strictObject({ items: z.array(signInMapping).max(500) });

/** What discovery is asked with: nothing is stored. */
export const providerCheckBody = z.strictObject({ issuer: label(500) });
/** What discovery found, or exactly what failed. */
export const providerCheck = z.strictObject({
  ok: z.boolean(),
  detail: z.string(),
  found: z
    .strictObject({
      issuer: z.string(),
      authorizationEndpoint: z.string(),
      tokenEndpoint: z.string(),
      pkce: z.boolean(),
      scopes: z.array(z.string()),
      claims: z.array(z.string()),
    })
    .nullable(),
});
export type ProviderCheck = z.infer<typeof providerCheck>;

/** The ways in that the sign-in page offers. */
export const waysIn = z.strictObject({
  local: z.boolean(),
  providers: z.array(z.strictObject({ id, name: z.string() })),
});
export type WaysIn = z.infer<typeof waysIn>;

/** Why sign-in with a password cannot be turned off: closed list. */
export const localOffObstacles = ['noProvenProvider', 'noBreakGlassAccount'] as const;
export type LocalOffObstacle = (typeof localOffObstacles)[number];

const person = { accountId: id, userName: z.string(), displayName: z.string() };
export const signInPolicy = z.strictObject({
  /** Whether everybody with a password may sign in with it. */
  localSignIn: z.boolean(),
  /** What stands in the way of turning it off; empty = it can be. */
  obstacles: z.array(z.enum(localOffObstacles)),
  /** Enabled administrators with a password: those marked may still sign in with it. */
  breakGlass: z.array(z.strictObject({ ...person, marked: z.boolean() })),
  /** Administrators who could still get in with sign-in by password off, and how. */
  couldGetIn: z.array(z.strictObject({ ...person, by: z.string() })),
});
export type SignInPolicy = z.infer<typeof signInPolicy>;
export const signInPolicyChange = z.strictObject({
  localSignIn: z.boolean().optional(),
  breakGlassAccountIds: z.array(id).max(100).optional(),
});
export type SignInPolicyChange = z.infer<typeof signInPolicyChange>;

/** The identities an account is linked to, and what it may be linked to. */
export const ownIdentities = z.strictObject({
  items: z.array(
    z.strictObject({
      id,
      providerName: z.string(),
      issuer: z.string(),
      subject: z.string(),
      linkedDateTime: z.string(),
      lastSignInDateTime: z.string().nullable(),
    }),
  ),
  providers: z.array(z.strictObject({ id, name: z.string() })),
});
export type OwnIdentities = z.infer<typeof ownIdentities>;
export const linkStartBody = z.strictObject({ providerId: id, return: z.string().max(2000).optional() });
export const linkStart = z.strictObject({ url: z.string() });

/** Why signing in through a provider failed: closed list; the sign-in page words it. */
export const ssoFailures = [
  'expired',
  'providerOff',
  'providerAway',
  'providerRefused',
  'providerWrong',
  'answerNotValid',
  'groupsMissing',
  'notMapped',
  'accountDisabled',
  'identityTaken',
  'linkSession',
] as const;
export type SsoFailure = (typeof ssoFailures)[number];

import { z } from 'zod';
import { secondFactorPolicies, secondFactors, sessionMethods } from '../sign-in.ts';
import { me } from './operate.ts';

const bytes = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[\w-]+$/, 'expected base64url');
const label = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .refine((value) => value.isWellFormed() && !/\p{Cc}/u.test(value), 'expected text without control characters');

// What browsers send of a passkey (WebAuthn level 3, 5.1). Not strict: each adds fields of its own.
const credential = { id: bytes(1400), rawId: bytes(1400), type: z.literal('public-key') };
const extensions = z.record(z.string().max(100), z.unknown());
export const passkeyMade = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: bytes(8_000),
    attestationObject: bytes(60_000),
    transports: z.array(z.string().max(40)).max(10).optional(),
  }),
  clientExtensionResults: extensions,
});
export const passkeyShown = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: bytes(8_000),
    authenticatorData: bytes(8_000),
    signature: bytes(8_000),
    userHandle: z.string().max(200).optional(),
  }),
  clientExtensionResults: extensions,
});
export type PasskeyMade = z.infer<typeof passkeyMade>;
export type PasskeyShown = z.infer<typeof passkeyShown>;

/** What a page hands to `navigator.credentials`, in the JSON form of WebAuthn level 3. */
export const passkeyOptions = z.record(z.string(), z.unknown());
export type PasskeyOptions = z.infer<typeof passkeyOptions>;

/** A factor shown: a code of the authenticator app, a passkey, or a recovery code. */
export const shownFactor = z.union([
  z.strictObject({ code: z.string().trim().max(20) }),
  z.strictObject({ passkey: passkeyShown }),
  z.strictObject({ recoveryCode: z.string().trim().max(60) }),
]);
export type ShownFactor = z.infer<typeof shownFactor>;

/** The password was right; now one of these is asked, within five minutes. */
export const secondFactorAsked = z.strictObject({
  secondFactor: z.array(z.enum(secondFactors)),
  expiresDateTime: z.string(),
});
export type SecondFactorAsked = z.infer<typeof secondFactorAsked>;
/** What a sign-in comes to: a session, or the question for a second factor. */
export const signInAnswer = z.union([me, secondFactorAsked]);
export type SignInAnswer = z.infer<typeof signInAnswer>;

export const passkeySignInBody = z.strictObject({ passkey: passkeyShown });

/** Shows again who it is. */
export const confirmBody = z.union([
  z.strictObject({ password: z.string().min(1).max(1000) }),
  z.strictObject({ code: z.string().trim().max(20) }),
  z.strictObject({ passkey: passkeyShown }),
]);
export type ConfirmBody = z.infer<typeof confirmBody>;

export const passkey = z.strictObject({
  id: z.int(),
  name: z.string(),
  /** The host name it works under. */
  host: z.string(),
  createdDateTime: z.string(),
  lastUsedDateTime: z.string().nullable(),
});
export type Passkey = z.infer<typeof passkey>;
export const passkeyCreate = z.strictObject({ name: label, passkey: passkeyMade });
export const passkeyChange = z.strictObject({ name: label });

/** The second factors of an account. */
export const secondFactorState = z.strictObject({
  authenticator: z.strictObject({ createdDateTime: z.string(), lastUsedDateTime: z.string().nullable() }).nullable(),
  passkeys: z.array(passkey),
  recoveryCodesLeft: z.int(),
});
export type SecondFactorState = z.infer<typeof secondFactorState>;
/** The own ones, with what the page needs to know beside them. */
export const ownSecondFactors = secondFactorState.extend({
  /** Whether this account must have one. */
  required: z.boolean(),
  /** How "confirm it is you" can be answered; empty: only by signing in again. */
  confirmWith: z.array(z.enum(['password', 'totp', 'passkey'])),
  /** Why passkeys cannot be used under this address; null when they can. */
  passkeysRefused: z.string().nullable(),
});
export type OwnSecondFactors = z.infer<typeof ownSecondFactors>;

/** A new authenticator's key, shown this once: as text (base32) and as the address that the QR code holds. */
export const authenticatorKey = z.strictObject({ secret: z.string(), uri: z.string() });
export type AuthenticatorKey = z.infer<typeof authenticatorKey>;
export const codeBody = z.strictObject({ code: z.string().trim().min(1).max(20) });
/** Shown this once. */
export const recoveryCodes = z.strictObject({ codes: z.array(z.string()) });
export type RecoveryCodes = z.infer<typeof recoveryCodes>;

export const secondFactorSettings = z.strictObject({ policy: z.enum(secondFactorPolicies) });
export type SecondFactorSettings = z.infer<typeof secondFactorSettings>;

/** A signed-in browser. */
export const session = z.strictObject({
  id: z.int(),
  method: z.enum(sessionMethods),
  secondFactor: z.enum(secondFactors).nullable(),
  createdDateTime: z.string(),
  lastSeenDateTime: z.string(),
  address: z.string().nullable(),
  /** "Firefox on Linux"; "Unknown browser" where it does not say. */
  browser: z.string(),
  /** Whether the request came with it. */
  current: z.boolean(),
});
export type Session = z.infer<typeof session>;

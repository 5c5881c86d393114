/** How a session began. `localLink`: by a link that the server's own command line made. */
export const sessionMethods = ['password', 'link', 'localLink', 'passkey', 'sso'] as const;
export type SessionMethod = (typeof sessionMethods)[number];

/** What an account can show beside its password. */
export const secondFactors = ['totp', 'passkey', 'recovery'] as const;
export type SecondFactor = (typeof secondFactors)[number];

/** Who must have a second factor. */
export const secondFactorPolicies = ['optional', 'administrators', 'everyone'] as const;
export type SecondFactorPolicy = (typeof secondFactorPolicies)[number];

/** A sensitive change asks who it is when nothing was shown for this long, ms. */
export const proofMs = 10 * 60_000;

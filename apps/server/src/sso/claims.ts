import type { SignInProvider } from '@throughline/model';
import type { Arrival } from '@throughline/store';
import { ssoRefusal } from './sso-refusal.ts';

const MOST_VALUES = 2000;
const LONGEST_VALUE = 500;
const LONGEST_NAME = 150;
type Claims = Readonly<Record<string, unknown>>;
type ClaimNames = Pick<SignInProvider, 'groupsClaim' | 'userNameClaim'>;

/** A claim by its name; where none is called so, dots lead into objects: "realm_access.roles". */
export function claimOf(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  let value: unknown = claims;
  for (const step of name.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
}

/** Whether claims lack what is read from them, so that the provider is asked for more. */
export function lacksClaims(claims: Claims, { groupsClaim, userNameClaim }: ClaimNames): boolean {
  return [groupsClaim, userNameClaim].some((name) => claimOf(claims, name) === undefined);
}

/**
 * Who came, as verified claims say.
 *
 * @throws ApiError `groupsMissing` when the provider left the groups out because there are too many (it then points
 * elsewhere: OpenID Connect Core 1.0, 5.6.2) or they are no texts: to take them as none could show more than is allowed.
 */
export function arrivalOf(claims: Claims & { iss: string; sub: string }, names: ClaimNames): Arrival {
  const elsewhere = claims._claim_names;
  if (typeof elsewhere === 'object' && elsewhere !== null && Object.hasOwn(elsewhere, names.groupsClaim)) {
    throw ssoRefusal('groupsMissing', `The claim ${names.groupsClaim} was left out: too many groups.`);
  }
  const userName = nameOf(claimOf(claims, names.userNameClaim)) ?? nameOf(claims.sub) ?? 'unnamed';
  return {
    issuer: claims.iss,
    subject: claims.sub,
    userName,
    displayName: nameOf(claims.name) ?? userName,
    values: valuesOf(claimOf(claims, names.groupsClaim), names.groupsClaim),
  };
}

function valuesOf(claim: unknown, name: string): string[] {
  if (claim === undefined || claim === null) return [];
  const list: unknown[] = Array.isArray(claim) ? claim : [claim];
  if (list.length > MOST_VALUES) {
    throw ssoRefusal('groupsMissing', `The claim ${name} has more than ${MOST_VALUES} values.`);
  }
  return list.map((value) => {
    if (typeof value !== 'string')
      throw ssoRefusal('groupsMissing', `The claim ${name} holds something that is no text.`);
    return value.slice(0, LONGEST_VALUE).replaceAll('\0', '\u{FFFD}').toWellFormed();
  });
}

function nameOf(claim: unknown): string | undefined {
  if (typeof claim !== 'string') return undefined;
  const plain = claim
    .toWellFormed()
    .replace(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, LONGEST_NAME)
    .trim()
    .toWellFormed();
  return plain === '' ? undefined : plain;
}

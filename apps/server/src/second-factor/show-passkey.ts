import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  verifyAuthenticationResponse,
} from '@simplewebauthn/server';
import type { PasskeyOptions, PasskeyShown } from '@throughline/model';
import {
  type ChallengePurpose,
  findPasskey,
  keepChallenge,
  listPasskeys,
  type StoredPasskey,
  takeChallenge,
  takeCounter,
} from '@throughline/store';
import type { PasskeyCall } from './passkey-call.ts';
import { type RelyingParty, relyingParty } from './relying-party.ts';
import { clearShortCookie, readShortCookie, writeShortCookie } from './short-cookie.ts';

/** What a passkey is shown for, and whose it must be; `accountId` null: whose it is says the passkey. */
export type PasskeyUse = { purpose: Exclude<ChallengePurpose, 'register'>; accountId: number | null };

/** What became of a shown passkey. `cloned`: its counter went back, so that a copy of it may be about. */
export type PasskeyVerdict =
  | { kind: 'right'; passkey: StoredPasskey }
  | { kind: 'cloned'; passkey: StoredPasskey }
  | { kind: 'wrong' };

/**
 * What a browser needs to show a passkey (WebAuthn level 3, 7.2), with a challenge bound to its cookie.
 *
 * @throws ApiError 409 `passkeysRefused`.
 */
export async function passkeyQuestion(call: PasskeyCall, use: PasskeyUse): Promise<PasskeyOptions> {
  const party = relyingParty(call);
  const own = use.accountId === null ? [] : await listPasskeys(call.db, use.accountId);
  const options = await generateAuthenticationOptions({
    rpID: party.id,
    allowCredentials: own
      .filter(({ stored }) => stored.rpId === party.id)
      .map(({ stored }) => ({ id: stored.id, transports: stored.transports })),
    userVerification: isAlone(use) ? 'required' : 'preferred',
  });
  const secret = await keepChallenge(call.db, { ...use, challenge: options.challenge }, call.clock());
  writeShortCookie(call, 'challenge', secret);
  return { ...options };
}

/** Checks a shown passkey and notes its use. Throws ApiError 409 `passkeysRefused`. */
export async function checkShown(call: PasskeyCall, use: PasskeyUse, shown: PasskeyShown): Promise<PasskeyVerdict> {
  const party = relyingParty(call);
  const kept = await takeChallenge(call.db, readShortCookie(call, 'challenge'), use, call.clock());
  clearShortCookie(call, 'challenge');
  const passkey = kept && (await findPasskey(call.db, shown.id));
  if (kept === undefined || passkey === undefined) return { kind: 'wrong' };
  if (use.accountId !== null && passkey.accountId !== use.accountId) return { kind: 'wrong' };
  const handle = shown.response.userHandle;
  if (handle === undefined ? isAlone(use) : handle !== passkey.userHandle) return { kind: 'wrong' };
  const counter = await verifiedCounter(shown, { passkey, party, challenge: kept.challenge, alone: isAlone(use) });
  if (counter === undefined) return { kind: 'wrong' };
  const grew = await takeCounter(call.db, passkey.passkeyId, counter, call.clock());
  return { kind: grew ? 'right' : 'cloned', passkey };
}

// Without a password before it a passkey must have asked its owner for a finger, a face or a PIN.
function isAlone({ purpose }: PasskeyUse): boolean {
  return purpose === 'signIn';
}

async function verifiedCounter(
  shown: PasskeyShown,
  {
    passkey,
    party,
    challenge,
    alone,
  }: {
    passkey: StoredPasskey;
    party: RelyingParty;
    challenge: string;
    alone: boolean;
  },
): Promise<number | undefined> {
  if (passkey.rpId !== party.id) return undefined;
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: shown as AuthenticationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      // Our own statement compares counters, in the row that all servers share; 0 leaves it to that.
      credential: { id: passkey.id, publicKey: new Uint8Array(passkey.publicKey), counter: 0 },
      requireUserVerification: alone,
    });
    return verified ? authenticationInfo.newCounter : undefined;
  } catch {
    return undefined;
  }
}

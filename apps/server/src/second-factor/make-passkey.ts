import {
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { Principal } from '@throughline/access';
import type { PasskeyMade, PasskeyOptions } from '@throughline/model';
import { keepChallenge, listPasskeys, type NewPasskey, takeChallenge, userHandleOf } from '@throughline/store';
import { ApiError } from '../http/api-error.ts';
import type { PasskeyCall } from './passkey-call.ts';
import { relyingParty } from './relying-party.ts';
import { clearShortCookie, readShortCookie, writeShortCookie } from './short-cookie.ts';

/**
 * What a browser needs to make a passkey for a person (WebAuthn level 3, 7.1), with a challenge bound to its cookie.
 *
 * @throws ApiError 409 `passkeysRefused`.
 */
export async function passkeyCreation(
  call: PasskeyCall,
  { accountId, userName }: Pick<Principal, 'accountId' | 'userName'>,
): Promise<PasskeyOptions> {
  const { db, clock } = call;
  const party = relyingParty(call);
  const [present, userHandle] = await Promise.all([listPasskeys(db, accountId), userHandleOf(db, accountId)]);
  const options = await generateRegistrationOptions({
    rpName: 'Throughline',
    rpID: party.id,
    userName,
    userDisplayName: userName,
    userID: new Uint8Array(Buffer.from(userHandle, 'base64url')),
    attestationType: 'none',
    excludeCredentials: present
      .filter(({ stored }) => stored.rpId === party.id)
      .map(({ stored }) => ({ id: stored.id, transports: stored.transports })),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
  });
  const kept = { purpose: 'register', challenge: options.challenge, accountId, userHandle } as const;
  writeShortCookie(call, 'challenge', await keepChallenge(db, kept, clock()));
  return { ...options };
}

/**
 * Checks what the browser made.
 *
 * @throws ApiError 400 `passkeyNotValid`, 409 `passkeysRefused`.
 */
export async function checkMade(
  call: PasskeyCall,
  accountId: number,
  made: PasskeyMade,
  name: string,
): Promise<NewPasskey> {
  const party = relyingParty(call);
  const kept = await takeChallenge(
    call.db,
    readShortCookie(call, 'challenge'),
    { purpose: 'register', accountId },
    call.clock(),
  );
  clearShortCookie(call, 'challenge');
  if (kept?.userHandle == null) throw notValid('It took too long, or it was tried twice. Try again.');
  const verified = await verifyRegistrationResponse({
    response: made as RegistrationResponseJSON,
    expectedChallenge: kept.challenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    requireUserVerification: false,
  }).catch(() => undefined);
  if (verified?.verified !== true) throw notValid('What the browser sent is no passkey for this server. Try again.');
  const { id, publicKey, counter } = verified.registrationInfo.credential;
  return {
    id,
    publicKey: Buffer.from(publicKey),
    counter,
    transports: made.response.transports ?? [],
    rpId: party.id,
    userHandle: kept.userHandle,
    name,
  };
}

function notValid(message: string): ApiError {
  return new ApiError(400, 'passkeyNotValid', message, { target: 'passkey' });
}

import type { SecondFactor, ShownFactor } from '@throughline/model';
import { authenticatorSecret, giveTryBack, takeStep, takeTry, tooManyTries, useRecoveryCode } from '@throughline/store';
import { clientAddress } from '../http/client-address.ts';
import type { PasskeyCall } from './passkey-call.ts';
import { checkShown, type PasskeyUse } from './show-passkey.ts';
import { type Told, tell } from './tell.ts';
import { totpStep } from './totp.ts';

/** What became of a shown factor; `message` is for people. */
export type FactorVerdict = { right: true; factor: SecondFactor } | { right: false; code: string; message: string };

/**
 * Checks a factor that somebody shows for an account. Codes are throttled per account and address, counted before they
 * are looked at; each is accepted once.
 *
 * @throws AccessError `tooManyTries`; ApiError 409 `passkeysRefused`; SecretError.
 */
export async function checkFactor(
  call: PasskeyCall,
  who: Told,
  shown: ShownFactor,
  purpose: PasskeyUse['purpose'],
): Promise<FactorVerdict> {
  if ('passkey' in shown) return checkPasskey(call, who, shown.passkey, purpose);
  const { db, clock, c, settings } = call;
  const attempt = { secondFactorOf: who.accountId, address: clientAddress(c, settings.trustProxy) };
  const allowed = await takeTry(db, attempt, clock());
  if (!allowed.allowed) throw tooManyTries(allowed.retryAfterMs);
  const verdict =
    'code' in shown ? await checkCode(call, who, shown.code) : await checkRecovery(call, who, shown.recoveryCode);
  if (verdict.right) await giveTryBack(db, attempt, clock());
  return verdict;
}

/** Checks a passkey that somebody shows, and tells the audit log when it may be a copy. */
export async function checkPasskey(
  call: PasskeyCall,
  who: Told,
  shown: Parameters<typeof checkShown>[2],
  purpose: PasskeyUse['purpose'],
): Promise<FactorVerdict> {
  const verdict = await checkShown(call, { purpose, accountId: who.accountId }, shown);
  if (verdict.kind === 'right') return { right: true, factor: 'passkey' };
  if (verdict.kind === 'cloned') await tellCloned(call, who, verdict.passkey.passkeyId);
  return { right: false, code: 'wrongPasskey', message: passkeyWords };
}

/** Why a passkey is refused, in words that help nobody who copied one. */
export const passkeyWords = 'This passkey was not accepted. Try again, or use another way.';

/** Tells that a passkey's counter went back. */
export function tellCloned(call: PasskeyCall, who: Told, passkeyId: number): Promise<void> {
  const target = { kind: 'passkey', id: String(passkeyId) };
  return tell(call, who, { action: 'passkey.cloned', outcome: 'refused', target, details: {} });
}

async function checkCode(call: PasskeyCall, who: Told, code: string): Promise<FactorVerdict> {
  const wrong = { right: false, code: 'wrongCode', message: 'This code is not right. Use the one shown now.' } as const;
  const now = call.clock();
  const secret = await authenticatorSecret(call.db, call.keys, who, 'confirmed');
  const step = secret === undefined ? undefined : totpStep(secret, code, now);
  if (step === undefined) return wrong;
  if (await takeStep(call.db, who, step, now)) return { right: true, factor: 'totp' };
  return { ...wrong, message: 'This code was used already. Wait for the next one.' };
}

async function checkRecovery(call: PasskeyCall, who: Told, code: string): Promise<FactorVerdict> {
  const used = await useRecoveryCode(call.db, who.accountId, code, call.clock());
  if (used === undefined) {
    return { right: false, code: 'wrongCode', message: 'This recovery code is not right, or it was used before.' };
  }
  const target = { kind: 'account', id: String(who.accountId) };
  await tell(call, who, { action: 'recoveryCodes.use', outcome: 'done', target, details: { left: used.left } });
  return { right: true, factor: 'recovery' };
}

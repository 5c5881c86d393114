import { hashSecret, looksLikeSecret, newSecret } from '../access/secret.ts';
import type { Db } from '../database.ts';

/** A challenge is good for this long, ms. */
export const challengeMs = 5 * 60_000;

/** What a challenge was given for: it answers nothing else. */
export type ChallengePurpose = 'register' | 'signIn' | 'secondFactor' | 'confirm';

/**
 * What is kept of a challenge. `accountId` null: whoever answers it. `userHandle`: under which name the authenticator
 * keeps the passkey that is being made, base64url.
 */
export type Challenge = {
  purpose: ChallengePurpose;
  challenge: string;
  accountId: number | null;
  userHandle?: string | undefined;
};

/** Keeps a challenge; the answer is the secret of the browser's cookie. */
export async function keepChallenge(db: Db, kept: Challenge, now: Date): Promise<string> {
  const secret = newSecret();
  await db.deleteFrom('passkey_challenge').where('expires_at', '<', now.toISOString()).execute();
  await db
    .insertInto('passkey_challenge')
    .values({
      token_hash: hashSecret(secret),
      purpose: kept.purpose,
      challenge: kept.challenge,
      account_id: kept.accountId,
      user_handle: kept.userHandle ?? null,
      expires_at: new Date(now.getTime() + challengeMs),
    })
    .execute();
  return secret;
}

/** Takes a challenge back, once; undefined when it is unknown, used, too old or for something else. */
export async function takeChallenge(
  db: Db,
  secret: string,
  { purpose, accountId }: Pick<Challenge, 'purpose' | 'accountId'>,
  now: Date,
): Promise<{ challenge: string; userHandle: string | null } | undefined> {
  if (!looksLikeSecret(secret)) return undefined;
  const row = await db
    .deleteFrom('passkey_challenge')
    .where('token_hash', '=', hashSecret(secret))
    .returningAll()
    .executeTakeFirst();
  if (row === undefined || row.purpose !== purpose || row.account_id !== accountId) return undefined;
  if (Date.parse(row.expires_at) <= now.getTime()) return undefined;
  return { challenge: row.challenge, userHandle: row.user_handle };
}

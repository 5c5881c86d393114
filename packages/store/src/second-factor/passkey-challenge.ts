import { hashSecret, looksLikeSecret, newSecret } from '../access/secret.ts';
import type { Db } from '../database.ts';

/** A challenge is good for this long, ms. */
export const challengeMs = 5 * 60_000;

/** What a challenge was given for: it answers nothing else. */
export type ChallengePurpose = 'register' | 'signIn' | 'secondFactor' | 'confirm';

/** What is kept of a challenge. `accountId` null: whoever answers it. */
export type Challenge = { purpose: ChallengePurpose; challenge: string; accountId: number | null };

/** Keeps a challenge; the answer is the secret of the browser's cookie. */
export async function keepChallenge(db: Db, { purpose, challenge, accountId }: Challenge, now: Date): Promise<string> {
  const secret = newSecret();
  await db.deleteFrom('passkey_challenge').where('expires_at', '<', now.toISOString()).execute();
  await db
    .insertInto('passkey_challenge')
    .values({
      token_hash: hashSecret(secret),
      purpose,
      challenge,
      account_id: accountId,
      expires_at: new Date(now.getTime() + challengeMs),
    })
    .execute();
  return secret;
}

/** Takes a challenge back, once: the text, or undefined when it is unknown, used, too old or for something else. */
export async function takeChallenge(
  db: Db,
  secret: string,
  { purpose, accountId }: Omit<Challenge, 'challenge'>,
  now: Date,
): Promise<string | undefined> {
  if (!looksLikeSecret(secret)) return undefined;
  const row = await db
    .deleteFrom('passkey_challenge')
    .where('token_hash', '=', hashSecret(secret))
    .returningAll()
    .executeTakeFirst();
  if (row === undefined || row.purpose !== purpose || row.account_id !== accountId) return undefined;
  return Date.parse(row.expires_at) > now.getTime() ? row.challenge : undefined;
}

import { randomInt } from 'node:crypto';
import { sql } from 'kysely';
import { AccessError } from '../access/access-error.ts';
import { hashSecret } from '../access/secret.ts';
import { noteChange } from '../audit/audited.ts';
import type { Db } from '../database.ts';

/** How many recovery codes an account gets. */
export const recoveryCodeCount = 10;

// Crockford's base32: no letter that is taken for a figure.
const letters = '0123456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 16;

/**
 * Makes new recovery codes in place of the old ones. They are shown once; 80 random bits each, so that their fast hashes
 * tell nothing.
 *
 * @throws AccessError `noSecondFactor` when there is nothing to recover from.
 */
export async function renewRecoveryCodes(db: Db, accountId: number): Promise<string[]> {
  const codes = Array.from({ length: recoveryCodeCount }, newCode);
  await db.transaction().execute(async (trx) => {
    // The account's row keeps a second renewal, which would leave twenty codes, waiting.
    await trx.selectFrom('account').select('id').where('id', '=', accountId).forUpdate().execute();
    if (!(await hasFactor(trx, accountId))) {
      throw new AccessError('noSecondFactor', 'Set up an authenticator app or a passkey first.');
    }
    await trx.deleteFrom('recovery_code').where('account_id', '=', accountId).execute();
    await trx
      .insertInto('recovery_code')
      .values(codes.map((code) => ({ account_id: accountId, code_hash: hashOf(code) })))
      .execute();
    noteChange(trx, { target: { kind: 'account', id: String(accountId) }, after: { codes: codes.length } });
  });
  return codes;
}

/** Uses a recovery code up: how many are left, or undefined when it is none or was used. One statement, so once. */
export async function useRecoveryCode(
  db: Db,
  accountId: number,
  code: string,
  now: Date,
): Promise<{ left: number } | undefined> {
  const row = await db
    .updateTable('recovery_code')
    .set({ used_at: now })
    .where('account_id', '=', accountId)
    .where('code_hash', '=', hashOf(code))
    .where('used_at', 'is', null)
    .returning('account_id')
    .executeTakeFirst();
  return row && { left: await countRecoveryCodes(db, accountId) };
}

/** How many recovery codes are left. */
export async function countRecoveryCodes(db: Db, accountId: number): Promise<number> {
  const { count } = await db
    .selectFrom('recovery_code')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow();
  return count;
}

/** Recovery codes stand in for a factor; without one they would be a password of their own. */
export async function dropCodesWithoutFactor(trx: Db, accountId: number): Promise<void> {
  if (await hasFactor(trx, accountId)) return;
  await trx.deleteFrom('recovery_code').where('account_id', '=', accountId).execute();
}

async function hasFactor(db: Db, accountId: number): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from authenticator where account_id = ${accountId} and confirmed_at is not null)
      or exists (select from passkey where account_id = ${accountId}) as found`.execute(db);
  return rows[0]?.found ?? false;
}

function newCode(): string {
  const text = Array.from({ length: LENGTH }, () => letters[randomInt(letters.length)]).join('');
  return text.replace(/(.{4})(?=.)/g, '$1-');
}

// As people write it down: capitals, spaces and dashes do not count, and o is 0, i and l are 1.
function hashOf(code: string): Buffer {
  const plain = code.toLowerCase().replace(/[\s-]/g, '').replaceAll('o', '0').replace(/[il]/g, '1');
  return hashSecret(plain);
}

import type { SecondFactor, SecondFactorState } from '@throughline/model';
import { noSuchAccount } from '../access/accounts.ts';
import { noteChange } from '../audit/audited.ts';
import type { Db } from '../database.ts';
import { wipeSecret } from '../secret/secrets.ts';
import type { FactorOwner } from './authenticator.ts';
import { listPasskeys } from './passkeys.ts';
import { countRecoveryCodes } from './recovery-codes.ts';

/** The second factors that an account has set up, without their keys. */
export async function readSecondFactors(db: Db, accountId: number): Promise<SecondFactorState> {
  const authenticator = await db
    .selectFrom('authenticator')
    .select(['confirmed_at', 'last_used_at'])
    .where('account_id', '=', accountId)
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst();
  const passkeys = await listPasskeys(db, accountId);
  return {
    authenticator: authenticator
      ? { createdDateTime: authenticator.confirmed_at ?? '', lastUsedDateTime: authenticator.last_used_at }
      : null,
    passkeys: passkeys.map(({ stored, ...told }) => told),
    recoveryCodesLeft: await countRecoveryCodes(db, accountId),
  };
}

/** What can be asked of an account beside its first factor; empty when it has no second one. */
export function factorsOf({ authenticator, passkeys, recoveryCodesLeft }: SecondFactorState): SecondFactor[] {
  const own: SecondFactor[] = [
    ...(authenticator === null ? [] : ['totp' as const]),
    ...(passkeys.length === 0 ? [] : ['passkey' as const]),
  ];
  return own.length > 0 && recoveryCodesLeft > 0 ? [...own, 'recovery'] : own;
}

/**
 * Takes every second factor of an account away, and its sessions, since whoever lost the factors may have lost the
 * browser with them. Throws AccessError `noSuchAccount`.
 */
export async function resetSecondFactors(db: Db, owner: FactorOwner): Promise<void> {
  const { tenantId, accountId } = owner;
  await db.transaction().execute(async (trx) => {
    const account = await trx
      .selectFrom('account')
      .select('id')
      .where('tenant_id', '=', tenantId)
      .where('id', '=', accountId)
      .forUpdate()
      .executeTakeFirst();
    if (account === undefined) throw noSuchAccount();
    for (const table of ['authenticator', 'passkey', 'recovery_code', 'pending_sign_in', 'session'] as const) {
      await trx.deleteFrom(table).where('account_id', '=', accountId).execute();
    }
    await wipeSecret(trx, tenantId, `authenticator/${accountId}`);
    noteChange(trx, { target: { kind: 'account', id: String(accountId) } });
  });
}

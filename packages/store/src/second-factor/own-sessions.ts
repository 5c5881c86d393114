import type { SecondFactor, SessionMethod } from '@throughline/model';
import { AccessError } from '../access/access-error.ts';
import { noSuchAccount } from '../access/accounts.ts';
import { noteChange } from '../audit/audited.ts';
import type { Db } from '../database.ts';
import type { FactorOwner } from './authenticator.ts';

/** A session as it can be told to others: its public id, never its secret. */
export type OpenSession = {
  id: number;
  method: SessionMethod;
  secondFactor: SecondFactor | null;
  createdDateTime: string;
  lastSeenDateTime: string;
  address: string | null;
  userAgent: string;
};

/** The sessions of an account that are not over, last used first. Throws AccessError `noSuchAccount`. */
export async function listSessions(db: Db, { tenantId, accountId }: FactorOwner, now: Date): Promise<OpenSession[]> {
  await requireAccount(db, { tenantId, accountId });
  const rows = await db
    .selectFrom('session')
    .select(['id', 'method', 'second_factor', 'created_at', 'last_seen_at', 'address', 'user_agent'])
    .where('account_id', '=', accountId)
    .where('expires_at', '>', now.toISOString())
    .orderBy('last_seen_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    method: row.method,
    secondFactor: row.second_factor,
    createdDateTime: row.created_at,
    lastSeenDateTime: row.last_seen_at,
    address: row.address,
    userAgent: row.user_agent,
  }));
}

/** Ends one session of an account. Throws AccessError `noSuchSession`. */
export async function revokeSession(db: Db, owner: FactorOwner, id: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await requireAccount(trx, owner);
    const row = await trx
      .deleteFrom('session')
      .where('account_id', '=', owner.accountId)
      .where('id', '=', id)
      .returning('id')
      .executeTakeFirst();
    if (row === undefined) throw new AccessError('noSuchSession', 'There is no such session.');
    noteChange(trx, { target: { kind: 'account', id: String(owner.accountId) }, before: { session: id } });
  });
}

/** Ends all sessions of an account but `keep`; returns how many ended. Throws AccessError `noSuchAccount`. */
export async function revokeSessions(db: Db, owner: FactorOwner, keep?: number): Promise<number> {
  return db.transaction().execute(async (trx) => {
    await requireAccount(trx, owner);
    let doomed = trx.deleteFrom('session').where('account_id', '=', owner.accountId);
    if (keep !== undefined) doomed = doomed.where('id', '<>', keep);
    const ended = (await doomed.returning('id').execute()).length;
    noteChange(trx, { target: { kind: 'account', id: String(owner.accountId) }, after: { ended } });
    return ended;
  });
}

async function requireAccount(db: Db, { tenantId, accountId }: FactorOwner): Promise<void> {
  const account = await db
    .selectFrom('account')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', accountId)
    .executeTakeFirst();
  if (account === undefined) throw noSuchAccount();
}

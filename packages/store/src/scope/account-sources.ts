import type { AccountSources, SourceScope } from '@throughline/model';
import { sql } from 'kysely';
import { noteChange } from '../audit/audited.ts';
import { announce } from '../command/announce.ts';
import { inTransaction } from '../command/in-transaction.ts';
import type { Db } from '../database.ts';
import { lockAssignments, requireUnscopedAdministrator } from './assignees.ts';
import { ScopeError } from './scope-error.ts';

/** The accounts whose own role is for some sources only, by number. */
export async function listAccountSources(db: Db, tenantId: string): Promise<AccountSources[]> {
  const { rows } = await sql<AccountSources>`
    select id as "accountId", json_build_object('mode', source_mode, 'sources', sources) as sources
    from account where tenant_id = ${tenantId} and source_mode <> 'all' order by id`.execute(db);
  return rows;
}

/**
 * Says for which sources an account has its own role.
 *
 * @throws ScopeError `noSuchAccount`; `lastUnscopedAdministrator` when nobody is left who sees everything.
 */
export async function setAccountSources(
  db: Db,
  tenantId: string,
  accountId: number,
  { mode, sources }: SourceScope,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    await lockAssignments(trx, tenantId);
    const { rows } = await sql`
      update account set source_mode = ${mode}, sources = ${sources}::text[]
      where tenant_id = ${tenantId} and id = ${accountId} returning id`.execute(trx);
    if (rows.length === 0) throw new ScopeError('noSuchAccount', `There is no account ${accountId}.`);
    if (mode !== 'all') await requireUnscopedAdministrator(trx, tenantId);
    noteChange(trx, { target: { kind: 'account', id: String(accountId) }, after: { sources: { mode, sources } } });
    await announce(trx, tenantId, [{ type: 'reset' }]);
  });
}

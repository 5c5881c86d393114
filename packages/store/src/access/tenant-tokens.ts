import type { Account, ApiToken } from '@throughline/model';
import { noteChange } from '../audit/audited.ts';
import { inTransaction } from '../command/in-transaction.ts';
import type { Db } from '../database.ts';
import { apiTokenOf, noSuchToken } from './api-tokens.ts';

/** A token with whose it is. */
export type OwnedToken = ApiToken & {
  owner: Pick<Account, 'id' | 'kind' | 'userName' | 'displayName' | 'disabled'>;
  createdBy: string | null;
};

/** All tokens of a tenant, or of one of its accounts, that were not revoked, newest first; expired ones among them. */
export async function listTenantTokens(
  db: Db,
  tenantId: string,
  now: Date,
  only: { accountId?: number | undefined; tokenId?: number | undefined } = {},
): Promise<OwnedToken[]> {
  let query = db
    .selectFrom('api_token')
    .innerJoin('account', 'account.id', 'api_token.account_id')
    .selectAll('api_token')
    .select(['account.kind', 'account.user_name', 'account.display_name', 'account.disabled'])
    .where('account.tenant_id', '=', tenantId)
    .where('revoked_at', 'is', null)
    .orderBy('api_token.id', 'desc');
  if (only.accountId !== undefined) query = query.where('account_id', '=', only.accountId);
  if (only.tokenId !== undefined) query = query.where('api_token.id', '=', only.tokenId);
  return (await query.execute()).map((row) => ({
    ...apiTokenOf(row, now),
    owner: {
      id: row.account_id,
      kind: row.kind,
      userName: row.user_name,
      displayName: row.display_name,
      disabled: row.disabled,
    },
    createdBy: row.created_by,
  }));
}

/** Ends a token of whoever in the tenant, for good. Throws AccessError `noSuchToken`. */
export async function revokeTenantToken(db: Db, tenantId: string, id: number, now: Date): Promise<void> {
  await inTransaction(db, async (trx) => {
    const row = await trx
      .updateTable('api_token')
      .from('account')
      .set({ revoked_at: now })
      .whereRef('account.id', '=', 'api_token.account_id')
      .where('account.tenant_id', '=', tenantId)
      .where('api_token.id', '=', id)
      .where('revoked_at', 'is', null)
      .returning(['api_token.name', 'account.user_name'])
      .executeTakeFirst();
    if (row === undefined) throw noSuchToken();
    noteChange(trx, { target: { kind: 'token', id: String(id) }, before: { name: row.name, owner: row.user_name } });
  });
}

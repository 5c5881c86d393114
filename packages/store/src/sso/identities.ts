import type { OwnIdentities } from '@throughline/model';
import { sql } from 'kysely';
import { noteChange } from '../audit/audited.ts';
import { announce } from '../command/announce.ts';
import { inTransaction } from '../command/in-transaction.ts';
import type { Db } from '../database.ts';
import { lockAssignments } from '../scope/assignees.ts';
import { withdrawAll } from './bring-in-line.ts';
import { readLocalSignIn } from './local-sign-in.ts';
import { SsoError } from './sso-error.ts';
import { isOpenWay } from './usable-administrator.ts';
import { requireWayIn } from './ways-in.ts';

/** What an account is linked to, and the enabled providers it is not linked to yet. */
export async function listIdentities(db: Db, tenantId: string, accountId: number): Promise<OwnIdentities> {
  const items = await sql<OwnIdentities['items'][number]>`
    select i.id, p.name as "providerName", i.issuer, i.subject, i.created_at as "linkedDateTime",
      i.last_sign_in_at as "lastSignInDateTime"
    from account_identity i join sign_in_provider p on p.id = i.provider_id
    where i.tenant_id = ${tenantId} and i.account_id = ${accountId} order by lower(p.name), i.id`.execute(db);
  const providers = await sql<OwnIdentities['providers'][number]>`
    select p.id, p.name from sign_in_provider p where p.tenant_id = ${tenantId} and p.enabled
      and not exists (select from account_identity i where i.account_id = ${accountId} and ${isOpenWay})
    order by lower(p.name)`.execute(db);
  return { items: items.rows, providers: providers.rows };
}

/**
 * Unlinks an identity from its account; what its claims gave goes, except scope.
 *
 * @throws SsoError `noSuchIdentity`; `onlyWayIn` when its person could not sign in any more; `lastWayIn`.
 */
export async function unlinkIdentity(db: Db, tenantId: string, accountId: number, id: number): Promise<void> {
  await inTransaction(db, async (trx) => {
    await lockAssignments(trx, tenantId);
    const { items } = await listIdentities(trx, tenantId, accountId);
    const identity = items.find((each) => each.id === id);
    if (identity === undefined) throw new SsoError('noSuchIdentity', 'There is no such link.');
    const sight = await withdrawAll(trx, tenantId, { identityId: id });
    await trx.deleteFrom('account_identity').where('id', '=', id).execute();
    if (!(await hasWayIn(trx, tenantId, accountId))) {
      throw new SsoError('onlyWayIn', 'This is the only way you can sign in. Set a password or link another first.');
    }
    await requireWayIn(trx, tenantId);
    const { issuer, subject } = identity;
    noteChange(trx, { target: { kind: 'account', id: String(accountId) }, before: { identity: { issuer, subject } } });
    if (sight) await announce(trx, tenantId, [{ type: 'reset' }]);
  });
}

async function hasWayIn(trx: Db, tenantId: string, accountId: number): Promise<boolean> {
  const local = await readLocalSignIn(trx, tenantId);
  const { rows } = await sql`
    select from account a where a.id = ${accountId} and (
      a.password_hash is not null and (${local}::boolean or a.break_glass)
      or exists (select from account_identity i join sign_in_provider p on ${isOpenWay} where i.account_id = a.id))`.execute(
    trx,
  );
  return rows.length > 0;
}

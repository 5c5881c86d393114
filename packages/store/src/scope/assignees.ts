import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { requireWayIn } from '../sso/ways-in.ts';
import { ScopeError } from './scope-error.ts';

/** Accounts and user groups something is assigned to. */
export type Assignees = { accountIds: readonly number[]; userGroupIds: readonly number[] };
/** The same where either may be left out. */
export type SomeAssignees = { [Field in keyof Assignees]?: Assignees[Field] | undefined };

/**
 * Checks that every one belongs to the tenant.
 *
 * @throws ScopeError `noSuchAccount` or `noSuchGroup`, as for numbers that nothing has.
 */
export async function checkAssignees(
  db: Db,
  tenantId: string,
  { accountIds, userGroupIds }: SomeAssignees,
): Promise<void> {
  if (accountIds !== undefined && accountIds.length > 0) {
    const { rows } = await sql<{ id: number }>`
      select wanted as id from unnest(${accountIds}::int[]) wanted
      where not exists (select from account where id = wanted and tenant_id = ${tenantId}) limit 1`.execute(db);
    if (rows[0] !== undefined) throw new ScopeError('noSuchAccount', `There is no account ${rows[0].id}.`);
  }
  if (userGroupIds !== undefined && userGroupIds.length > 0) {
    const { rows } = await sql<{ id: number }>`
      select wanted as id from unnest(${userGroupIds}::int[]) wanted
      where not exists (select from user_group where id = wanted and tenant_id = ${tenantId}) limit 1`.execute(db);
    if (rows[0] !== undefined) throw new ScopeError('noSuchGroup', `There is no user group ${rows[0].id}.`);
  }
}

/**
 * Keeps changes of assignments apart until the transaction ends: two at once must not each scope the other's
 * administrator.
 */
export async function lockAssignments(trx: Db, tenantId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(7412606::int, hashtext(${tenantId}))`.execute(trx);
}

/**
 * @throws ScopeError `lastUnscopedAdministrator` when nobody is left who sees everything and manages access; SsoError
 * `lastWayIn` when sign-in by password is off and none of them has a provider.
 */
export async function requireUnscopedAdministrator(trx: Db, tenantId: string): Promise<void> {
  const { rows } = await sql`
    select from account a where a.tenant_id = ${tenantId} and a.role = 'administrator' and a.kind = 'person' and not a.disabled and a.source_mode = 'all' and a.source_mode = 'all'
      and not exists (select from device_group_access x where x.tenant_id = a.tenant_id and (x.account_id = a.id
        or x.user_group_id in (select m.user_group_id from user_group_member m where m.account_id = a.id)))
    limit 1`.execute(trx);
  if (rows.length === 0) {
    throw new ScopeError(
      'lastUnscopedAdministrator',
      'Then no administrator would see everything: keep one without device groups.',
    );
  }
  await requireWayIn(trx, tenantId);
}

import type { Account, AccountKind, Role } from '@throughline/model';
import { defaultTenant, groupOfAssignee, myGroupsWord } from '@throughline/model';
import { type Selectable, sql } from 'kysely';
import { noteChange } from '../audit/audited.ts';
import type { AccountTable } from '../database/access-tables.ts';
import type { Db } from '../database.ts';
import { lockAssignments, requireUnscopedAdministrator } from '../scope/assignees.ts';
import { AccessError } from './access-error.ts';

/** The account that the first start makes: an administrator without a password, entered by one-time link. */
export const firstAccountName = 'admin';

/** Makes the first account when the tenant has none; safe to call at every start. */
export async function ensureFirstAccount(db: Db, tenantId = defaultTenant): Promise<void> {
  await sql`
    insert into account (tenant_id, user_name, display_name, role)
    select ${tenantId}, ${firstAccountName}, 'Administrator', 'administrator'
    where not exists (select from account where tenant_id = ${tenantId})
    on conflict do nothing`.execute(db);
}

/** All accounts of a tenant, by name. */
export async function listAccounts(db: Db, tenantId: string): Promise<Account[]> {
  const rows = await db
    .selectFrom('account')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .orderBy(sql`lower(user_name)`)
    .execute();
  return rows.map(accountOf);
}

// Words of the assignee filter: nobody can be called so.
const reservedNames: ReadonlySet<string> = new Set(['me', 'unassigned', myGroupsWord]);

/** What a new account is made of; a person's unless it says so. */
export type NewAccount = Pick<Account, 'userName' | 'displayName' | 'role'> & { kind?: AccountKind };

/** Throws AccessError `userNameTaken` for a name that means something else. */
export function requireUsableName(userName: string): void {
  const name = userName.toLowerCase();
  if (reservedNames.has(name) || groupOfAssignee(name) !== null) {
    throw new AccessError('userNameTaken', `"${userName}" has a meaning of its own in filters: choose another name.`);
  }
}

/** Adds an account without a password. Throws AccessError `userNameTaken`; names differ by more than case. */
export async function createAccount(
  db: Db,
  tenantId: string,
  { userName, displayName, role, kind = 'person' }: NewAccount,
): Promise<Account> {
  requireUsableName(userName);
  const row = await db
    .insertInto('account')
    .values({ tenant_id: tenantId, user_name: userName, display_name: displayName, role, kind })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) throw new AccessError('userNameTaken', `There is already an account named "${userName}".`);
  return accountOf(row);
}

/**
 * Changes the given fields of an account; one that is disabled loses its sessions and its unused links at once. The
 * tokens of a disabled person stop working; those of a disabled service account end for good.
 *
 * @throws AccessError `noSuchAccount`; `lastAdministrator` when nobody could manage accounts afterwards;
 * ScopeError `lastUnscopedAdministrator` when nobody who could would see everything.
 */
export async function changeAccount(
  db: Db,
  tenantId: string,
  id: number,
  change: { displayName?: string | undefined; role?: Role | undefined; disabled?: boolean | undefined },
  now = new Date(),
): Promise<Account> {
  return db.transaction().execute(async (trx) => {
    const { displayName, role, disabled } = change;
    await lockAssignments(trx, tenantId);
    // Locks every administrator: two at once must not each demote the other.
    const administrators = await trx
      .selectFrom('account')
      .select('id')
      .where('tenant_id', '=', tenantId)
      .where('role', '=', 'administrator')
      .where('kind', '=', 'person')
      .where('disabled', '=', false)
      .orderBy('id')
      .forUpdate()
      .execute();
    const steppingDown = disabled === true || (role !== undefined && role !== 'administrator');
    if (steppingDown && administrators.length === 1 && administrators[0]?.id === id) {
      throw new AccessError('lastAdministrator', 'This is the last administrator: make another one first.');
    }
    const before = await trx
      .selectFrom('account')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    const row = await trx
      .updateTable('account')
      .set({
        tenant_id: tenantId, // A change of nothing is still a valid statement.
        ...(displayName === undefined ? {} : { display_name: displayName }),
        ...(role === undefined ? {} : { role }),
        ...(disabled === undefined ? {} : { disabled }),
      })
      .where('tenant_id', '=', tenantId)
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst();
    if (row === undefined || before === undefined) throw noSuchAccount();
    if (steppingDown) await requireUnscopedAdministrator(trx, tenantId);
    noteChange(trx, { target: { kind: 'account', id: String(id) }, ...accountDifference(before, row) });
    if (disabled === true) {
      await trx.deleteFrom('session').where('account_id', '=', id).execute();
      await trx.deleteFrom('one_time_link').where('account_id', '=', id).execute();
      if (row.kind === 'service') await endTokens(trx, id, now);
    }
    return accountOf(row);
  });
}

async function endTokens(trx: Db, accountId: number, now: Date): Promise<void> {
  await trx
    .updateTable('api_token')
    .set({ revoked_at: now })
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .execute();
}

function accountDifference(before: Selectable<AccountTable>, after: Selectable<AccountTable>) {
  const facts = ({ display_name, role, disabled }: Selectable<AccountTable>) => ({
    displayName: display_name,
    role,
    disabled,
  });
  const [was, is] = [facts(before), facts(after)];
  const changed = (Object.keys(was) as (keyof typeof was)[]).filter((name) => was[name] !== is[name]);
  const only = (all: typeof was) => Object.fromEntries(changed.map((name) => [name, all[name]]));
  return { before: only(was), after: only(is) };
}

/** The account of that name, whatever its case; undefined when there is none. */
export async function findAccount(db: Db, tenantId: string, userName: string): Promise<Account | undefined> {
  const row = await db
    .selectFrom('account')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where(sql`lower(user_name)`, '=', userName.toLowerCase())
    .executeTakeFirst();
  return row && accountOf(row);
}

/** The first administrator who can sign in; undefined when every one is disabled or gone. */
export async function firstAdministrator(db: Db, tenantId: string): Promise<Account | undefined> {
  const row = await db
    .selectFrom('account')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('role', '=', 'administrator')
    .where('kind', '=', 'person')
    .where('disabled', '=', false)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return row && accountOf(row);
}

/** The one answer for an account that is not there or not in this tenant. */
export function noSuchAccount(): AccessError {
  return new AccessError('noSuchAccount', 'There is no such account.');
}

/** An account's row as the API shows it. */
export function accountOf(row: Selectable<AccountTable>): Account {
  return {
    id: row.id,
    kind: row.kind,
    userName: row.user_name,
    displayName: row.display_name,
    role: row.role,
    disabled: row.disabled,
    createdDateTime: row.created_at,
    lastSignInDateTime: row.last_sign_in_at,
  };
}

import {
  type BuiltInRole,
  builtInRoles,
  type Grant,
  type LimitedAssignment,
  type RoleKey,
  type SourceScope,
} from '@throughline/model';
import { sql } from 'kysely';
import { noteChange } from '../audit/audited.ts';
import { announce } from '../command/announce.ts';
import { inTransaction } from '../command/in-transaction.ts';
import type { Db } from '../database.ts';
import { type Assignees, checkAssignees, lockAssignments } from './assignees.ts';
import { ScopeError, withFreeName } from './scope-error.ts';

/** A role made here, as stored. */
export type CustomRole = { id: number; name: string; description: string; grants: Grant[] };
export type CustomRoleFields = Omit<CustomRole, 'id'>;

/** The roles made in a tenant, by name. */
export async function listCustomRoles(db: Db, tenantId: string): Promise<CustomRole[]> {
  const { rows } = await sql<CustomRole>`
    select id, name, description, grants from custom_role where tenant_id = ${tenantId} order by lower(name)`.execute(
    db,
  );
  return rows;
}

/** Whom a role is assigned to: for all sources, and for some. */
export type RoleAssignees = { accountIds: number[]; userGroupIds: number[]; limited: LimitedAssignment[] };

/** Whom each role is assigned to beside the role of the account; a role without assignees is left out. */
export async function listRoleAssignees(db: Db, tenantId: string): Promise<Map<RoleKey, RoleAssignees>> {
  type Row = { key: RoleKey; accountIds: number[]; userGroupIds: number[] } & SourceScope;
  const { rows } = await sql<Row>`
    select coalesce(built_in, 'custom-' || custom_role_id) as key, source_mode as mode, sources,
      coalesce(array_agg(account_id order by account_id) filter (where account_id is not null), '{}') as "accountIds",
      coalesce(array_agg(user_group_id order by user_group_id) filter (where user_group_id is not null), '{}') as "userGroupIds"
    from role_assignment where tenant_id = ${tenantId} group by 1, 2, 3 order by 1, 2 desc, 3`.execute(db);
  const found = new Map<RoleKey, RoleAssignees>();
  for (const { key, mode, sources, ...people } of rows) {
    const known = found.get(key) ?? { accountIds: [], userGroupIds: [], limited: [] };
    if (mode === 'all') Object.assign(known, people);
    else known.limited.push({ ...people, sources: { mode, sources: [...sources] } });
    found.set(key, known);
  }
  return found;
}

/** Makes a role. Throws ScopeError `nameTaken`. */
export async function createCustomRole(
  db: Db,
  tenantId: string,
  { name, description, grants }: CustomRoleFields,
  by: string,
): Promise<CustomRole> {
  return withFreeName(name, () =>
    db
      .insertInto('custom_role')
      .values({ tenant_id: tenantId, name, description, grants, updated_by: by })
      .returning(['id', 'name', 'description', 'grants'])
      .executeTakeFirstOrThrow(),
  );
}

/** Changes the given fields of a role made here. Throws ScopeError `noSuchRole` or `nameTaken`. */
export async function changeCustomRole(
  db: Db,
  tenantId: string,
  id: number,
  change: { [Field in keyof CustomRoleFields]?: CustomRoleFields[Field] | undefined },
  by: string,
): Promise<CustomRole> {
  const { name, description, grants } = change;
  const role = await withFreeName(name, () =>
    db
      .updateTable('custom_role')
      .set({
        ...(name === undefined ? {} : { name }),
        ...(description === undefined ? {} : { description }),
        ...(grants === undefined ? {} : { grants }),
        updated_at: sql<string>`now()`,
        updated_by: by,
      })
      .where('tenant_id', '=', tenantId)
      .where('id', '=', id)
      .returning(['id', 'name', 'description', 'grants'])
      .executeTakeFirst(),
  );
  if (role === undefined) throw noSuchRole(`custom-${id}`);
  return role;
}

/** Removes a role made here; who had it loses it. Throws ScopeError `noSuchRole`. */
export async function deleteCustomRole(db: Db, tenantId: string, id: number): Promise<void> {
  const { numDeletedRows } = await db
    .deleteFrom('custom_role')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (numDeletedRows === 0n) throw noSuchRole(`custom-${id}`);
}

/**
 * Assigns a role to exactly these accounts and user groups, and to those in `limited` for some sources.
 *
 * @throws ScopeError `noSuchRole`, `noSuchAccount`, `noSuchGroup`.
 */
export async function assignRole(
  db: Db,
  tenantId: string,
  key: RoleKey,
  assignees: Assignees & { limited?: readonly LimitedAssignment[] },
): Promise<void> {
  const { builtIn, customId } = roleOfKey(key);
  await inTransaction(db, async (trx) => {
    await lockAssignments(trx, tenantId);
    if (customId !== null) {
      const { rows } = await sql`select from custom_role where tenant_id = ${tenantId} and id = ${customId}`.execute(
        trx,
      );
      if (rows.length === 0) throw noSuchRole(key);
    }
    const { limited = [], ...unlimited } = assignees;
    const assignments = [...limited, { ...unlimited, sources: { mode: 'all', sources: [] } }];
    for (const assignment of assignments) await checkAssignees(trx, tenantId, assignment);
    noteChange(trx, { target: { kind: 'role', id: key }, after: { ...assignees } });
    await sql`delete from role_assignment where tenant_id = ${tenantId} and built_in is not distinct from ${builtIn}
      and custom_role_id is not distinct from ${customId}`.execute(trx);
    for (const { accountIds, userGroupIds, sources } of assignments) {
      await sql`
        insert into role_assignment (tenant_id, built_in, custom_role_id, account_id, user_group_id, source_mode, sources)
        select ${tenantId}, ${builtIn}::text, ${customId}::int, p.a, p.g, ${sources.mode}::text, ${sources.sources}::text[]
        from (
          select a, null::int as g from unnest(${accountIds}::int[]) a union select null, g from unnest(${userGroupIds}::int[]) g
        ) p on conflict do nothing`.execute(trx);
    }
    await announce(trx, tenantId, [{ type: 'reset' }]);
  });
}

function roleOfKey(key: RoleKey): { builtIn: BuiltInRole | null; customId: number | null } {
  const builtIn = builtInRoles.find((role) => role === key);
  return builtIn ? { builtIn, customId: null } : { builtIn: null, customId: Number(key.replace('custom-', '')) };
}

function noSuchRole(key: string): ScopeError {
  return new ScopeError('noSuchRole', `There is no role ${key}.`);
}

import { builtInRoles, type MappingGift, type RoleKey, type SignInMapping } from '@throughline/model';
import { type Selectable, sql } from 'kysely';
import { noteChange } from '../audit/audited.ts';
import { inTransaction } from '../command/in-transaction.ts';
import type { SignInMappingTable } from '../database/sso-tables.ts';
import type { Db } from '../database.ts';
import { checkAssignees } from '../scope/assignees.ts';
import { requireProvider } from './providers.ts';
import { SsoError } from './sso-error.ts';

/** What the values of a provider's groups claim give, by value. Throws SsoError `noSuchProvider`. */
export async function listMappings(db: Db, tenantId: string, providerId: number): Promise<SignInMapping[]> {
  await requireProvider(db, tenantId, providerId);
  const rows = await db
    .selectFrom('sign_in_mapping')
    .selectAll()
    .where('provider_id', '=', providerId)
    .orderBy(sql`lower(value), id`)
    .execute();
  return rows.map((row) => ({ value: row.value, gives: giftOf(row) }));
}

/**
 * Sets the mappings of a provider to exactly these; they hold from everybody's next sign-in.
 *
 * @throws SsoError `noSuchProvider`, `noSuchRole`; ScopeError `noSuchGroup`.
 */
export async function setMappings(
  db: Db,
  tenantId: string,
  providerId: number,
  items: readonly SignInMapping[],
  { by, now }: { by: string; now: Date },
): Promise<SignInMapping[]> {
  return inTransaction(db, async (trx) => {
    const before = await listMappings(trx, tenantId, providerId);
    const gifts = items.map(({ gives }) => gives);
    await checkAssignees(trx, tenantId, {
      userGroupIds: gifts.flatMap((gift) => (gift.kind === 'userGroup' ? [gift.id] : [])),
    });
    await checkRoles(trx, tenantId, gifts);
    await trx.deleteFrom('sign_in_mapping').where('provider_id', '=', providerId).execute();
    if (items.length > 0) {
      await trx
        .insertInto('sign_in_mapping')
        .values(items.map(({ value, gives }) => ({ provider_id: providerId, value, ...columnsOf(gives) })))
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
    await trx
      .updateTable('sign_in_provider')
      .set({ changed_at: now, changed_by: by })
      .where('id', '=', providerId)
      .execute();
    const after = await listMappings(trx, tenantId, providerId);
    const target = { kind: 'signInProvider', id: String(providerId) };
    noteChange(trx, { target, before: { mappings: before }, after: { mappings: after } });
    return after;
  });
}

/** What these values of the claim give; the same gift once for each value that brings it. */
export async function giftsFor(trx: Db, providerId: number, values: readonly string[]): Promise<MappingGift[]> {
  if (values.length === 0) return [];
  const rows = await trx
    .selectFrom('sign_in_mapping')
    .selectAll()
    .where('provider_id', '=', providerId)
    .where(sql<boolean>`value = any(${values}::text[])`)
    .orderBy('id')
    .execute();
  return rows.map(giftOf);
}

/** The columns that name a role beside the account's own. */
export function roleColumns(key: RoleKey) {
  const builtIn = builtInRoles.find((role) => role === key);
  return builtIn === undefined
    ? { built_in: null, custom_role_id: Number(key.replace('custom-', '')) }
    : { built_in: builtIn, custom_role_id: null };
}

function columnsOf(gift: MappingGift) {
  if (gift.kind === 'role') return { role: gift.role, built_in: null, custom_role_id: null, user_group_id: null };
  if (gift.kind === 'userGroup') return { role: null, built_in: null, custom_role_id: null, user_group_id: gift.id };
  return { role: null, user_group_id: null, ...roleColumns(gift.key) };
}

function giftOf({ role, built_in, custom_role_id, user_group_id }: Selectable<SignInMappingTable>): MappingGift {
  if (role !== null) return { kind: 'role', role };
  if (user_group_id !== null) return { kind: 'userGroup', id: user_group_id };
  return { kind: 'assignment', key: built_in ?? `custom-${custom_role_id ?? 0}` };
}

async function checkRoles(trx: Db, tenantId: string, gifts: readonly MappingGift[]): Promise<void> {
  const custom = gifts.flatMap((gift) =>
    gift.kind === 'assignment' ? (roleColumns(gift.key).custom_role_id ?? []) : [],
  );
  if (custom.length === 0) return;
  const { rows } = await sql<{ id: number }>`
    select wanted as id from unnest(${custom}::int[]) wanted
    where not exists (select from custom_role where id = wanted and tenant_id = ${tenantId}) limit 1`.execute(trx);
  if (rows[0] !== undefined) throw new SsoError('noSuchRole', `There is no role custom-${rows[0].id}.`);
}

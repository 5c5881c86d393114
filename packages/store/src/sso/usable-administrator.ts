import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../database.ts';
import { readLocalSignIn } from './local-sign-in.ts';

/** Whether account `a` is an enabled administrator who sees everything. */
export const isFullAdministrator: RawBuilder<boolean> = sql`(a.role = 'administrator' and not a.disabled
  and a.kind = 'person' and not exists (select from device_group_access x where x.tenant_id = a.tenant_id
    and (x.account_id = a.id or x.user_group_id in (select m.user_group_id from user_group_member m where m.account_id = a.id))))`;

/** Whether account `a` is marked as break-glass and could use it. */
export const isBreakGlass: RawBuilder<boolean> = sql`(a.break_glass and not a.disabled and a.role = 'administrator'
  and a.password_hash is not null)`;

/** Whether identity `i` can come in through provider `p`. */
export const isOpenWay: RawBuilder<boolean> = sql`(p.enabled and p.tenant_id = i.tenant_id and p.id = i.provider_id
  and p.issuer = i.issuer)`;

/**
 * Whether somebody beside `accountId` is an administrator who sees everything and can get in: anybody while sign-in by
 * password is on, since one-time links reach everybody; else who has a provider or a break-glass account.
 */
export async function hasOtherUsableAdministrator(trx: Db, tenantId: string, accountId: number): Promise<boolean> {
  const local = await readLocalSignIn(trx, tenantId);
  const way = local
    ? sql`true`
    : sql`(${isBreakGlass} or exists (select from account_identity i join sign_in_provider p on ${isOpenWay}
        where i.account_id = a.id))`;
  const { rows } = await sql`
    select from account a where a.tenant_id = ${tenantId} and a.id <> ${accountId} and ${isFullAdministrator} and ${way}
    limit 1`.execute(trx);
  return rows.length > 0;
}

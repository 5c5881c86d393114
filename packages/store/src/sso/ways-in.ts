import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { readLocalSignIn } from './local-sign-in.ts';
import { SsoError } from './sso-error.ts';
import { isFullAdministrator, isOpenWay } from './usable-administrator.ts';

/**
 * To be asked after whatever takes a way in away, before the commit.
 *
 * @throws SsoError `lastWayIn` when sign-in by password is off and no administrator who sees everything could get in
 * through a provider any more.
 */
export async function requireWayIn(trx: Db, tenantId: string): Promise<void> {
  if (await readLocalSignIn(trx, tenantId)) return;
  const { rows } = await sql`
    select from account a join account_identity i on i.account_id = a.id join sign_in_provider p on ${isOpenWay}
    where a.tenant_id = ${tenantId} and ${isFullAdministrator} limit 1`.execute(trx);
  if (rows.length > 0) return;
  throw new SsoError(
    'lastWayIn',
    'Sign-in by password is off, and then no administrator could get in through a provider. Turn it on first.',
  );
}

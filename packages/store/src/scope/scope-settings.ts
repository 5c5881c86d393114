import type { ScopeSettings } from '@throughline/model';
import { sql } from 'kysely';
import { noteChange } from '../audit/audited.ts';
import { announce } from '../command/announce.ts';
import { inTransaction } from '../command/in-transaction.ts';
import type { Db } from '../database.ts';

/** Reads them; everything is off until somebody turns it on. */
export async function readScopeSettings(db: Db, tenantId: string): Promise<ScopeSettings> {
  const { rows } = await sql<ScopeSettings>`
    select scoped_see_deviceless as "scopedSeeDeviceless" from tenant where id = ${tenantId}`.execute(db);
  return rows[0] ?? { scopedSeeDeviceless: false };
}

/** Writes them; they hold from the next request on. */
export async function writeScopeSettings(db: Db, tenantId: string, settings: ScopeSettings): Promise<ScopeSettings> {
  return inTransaction(db, async (trx) => {
    await sql`update tenant set scoped_see_deviceless = ${settings.scopedSeeDeviceless} where id = ${tenantId}`.execute(
      trx,
    );
    noteChange(trx, { target: { kind: 'setting', id: 'scope' }, after: settings });
    await announce(trx, tenantId, [{ type: 'reset' }]);
    return settings;
  });
}

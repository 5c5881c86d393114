import type { AuditEvent } from '@throughline/model';
import type { Db } from '../database.ts';
import { appendAudit } from './append-audit.ts';

/** Notes from where a token is used. The first use from an address is an entry of the log: `event` makes it. */
export async function noteTokenAddress(
  db: Db,
  tenantId: string,
  use: { tokenId: number; address: string; at: Date },
  event: () => AuditEvent,
): Promise<void> {
  const { tokenId, at } = use;
  const address = use.address.slice(0, 100).replaceAll('\0', '').toWellFormed();
  await db.transaction().execute(async (trx) => {
    const added = await trx
      .insertInto('token_address')
      .values({ token_id: tokenId, address, first_used_at: at })
      .onConflict((conflict) => conflict.doNothing())
      .returning('token_id')
      .execute();
    if (added.length > 0) await appendAudit(trx, tenantId, [event()]);
  });
}

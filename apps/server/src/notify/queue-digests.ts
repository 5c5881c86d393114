import { nextDigest } from '@throughline/notify';
import { type Db, dueDigests, moveDigest, queueSaid } from '@throughline/store';

/**
 * Puts digests into the outbox whose time has come. The key holds the local day: one a day, whatever is repeated; days on
 * which no server ran have none, but for the last.
 */
export async function queueDigests(db: Db, now: Date, patience: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    for (const { id, tenantId, day, definition } of await dueDigests(trx, now)) {
      const said = { kind: 'digest', digestId: id, day, until: now.toISOString() } as const;
      const message = { key: `digest/${id}/${day}`, threadKey: `digest/${id}/${day}`, said, escalationId: null };
      await queueSaid(trx, tenantId, [{ ...message, channel: 'mail', target: definition.recipient }], {
        now,
        patience,
      });
      await moveDigest(trx, id, nextDigest(definition, now.getTime()));
    }
  });
}

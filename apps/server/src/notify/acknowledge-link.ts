import { acknowledgeLinkMs } from '@throughline/notify';
import { type ClaimedDelivery, createAcknowledgeLink, type Db, findWebhooks } from '@throughline/store';

/**
 * A link that acknowledges an escalating incident in the name of a message's recipient. The secret stands behind `#`, so
 * that it reaches no log of a server on the way.
 */
export async function acknowledgeLink(
  db: Db,
  {
    tenantId,
    channel,
    target,
    escalation,
  }: Pick<ClaimedDelivery, 'tenantId' | 'channel' | 'target'> & { escalation: number },
  { portalUrl, now }: { portalUrl: string; now: Date },
): Promise<string> {
  const id = Number(target);
  const recipient =
    channel === 'mail' ? target : ((await findWebhooks(db, tenantId, [id])).get(id)?.name ?? `webhook ${target}`);
  const expiresAt = new Date(now.getTime() + acknowledgeLinkMs);
  const secret = await createAcknowledgeLink(db, tenantId, escalation, { recipient, expiresAt });
  return new URL(`/acknowledge#token=${secret}`, portalUrl).href;
}

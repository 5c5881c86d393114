import {
  messageId,
  renderAboutMail,
  renderAboutWebhook,
  renderMail,
  renderWebhook,
  threadHeaders,
} from '@throughline/notify';
import {
  type ClaimedDelivery,
  type ClosedNotice,
  closeNotice,
  type Db,
  earlierMessageIds,
  keepMessage,
} from '@throughline/store';
import { DeliveryError } from './delivery-error.ts';
import type { Mail } from './mail-channel.ts';
import { aboutView, messageView } from './message-view.ts';

/** A message ready to go. */
export type Prepared = { channel: 'mail'; mail: Mail } | { channel: 'webhook'; id: string; body: string };

/**
 * The message of a delivery: the one that was kept, or rendered now and kept, so that every try sends the same.
 * `fromAddress` gives the Message-ID its domain.
 */
export async function prepare(
  db: Db,
  delivery: ClaimedDelivery,
  { portalUrl, fromAddress, now }: { portalUrl: string; fromAddress: string; now: Date },
): Promise<Prepared> {
  if (delivery.message !== null) return delivery.message as Prepared;
  const { id, tenantId, noticeId, key, threadKey, channel, target } = delivery;
  const notice = await closeNotice(db, noticeId, now);
  const render = await renderersOf(db, tenantId, notice, portalUrl);
  const { subject, ...parts } = render.mail();
  const domain = fromAddress.slice(fromAddress.lastIndexOf('@') + 1);
  const name = messageId(notice.stream, key, domain);
  const prepared: Prepared =
    channel === 'webhook'
      ? { channel, id: webhookId(notice.stream, key), body: render.webhook(webhookId(notice.stream, key)) }
      : {
          channel,
          mail: {
            to: target,
            subject,
            ...parts,
            messageId: name,
            date: now.toISOString(),
            ...threadHeaders(await earlierMessageIds(db, tenantId, threadKey, id)),
          },
        };
  await keepMessage(db, id, { message: prepared, messageId: name, subject });
  return prepared;
}

async function renderersOf(db: Db, tenantId: string, notice: ClosedNotice, portalUrl: string) {
  const about = await aboutView(db, tenantId, notice, portalUrl);
  if (about !== undefined) {
    return { mail: () => renderAboutMail(about), webhook: (id: string) => renderAboutWebhook(id, about) };
  }
  const view = await messageView(db, tenantId, notice, portalUrl);
  if (view === undefined) {
    const why = `Incident ${notice.incidentId} is gone, or concerns none of the rule’s device groups any more.`;
    throw new DeliveryError('message', why);
  }
  return { mail: () => renderMail(view), webhook: (id: string) => renderWebhook(id, view) };
}

/** The same for every try of one call, and of no other. */
function webhookId(stream: string, key: string): string {
  return messageId(stream, key, 'webhook').slice(1, 33);
}

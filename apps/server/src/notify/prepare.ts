import type { WebhookFormat } from '@throughline/model';
import {
  aboutOutline,
  messageId,
  type Outline,
  outline,
  renderAboutWebhook,
  renderOutline,
  renderSlack,
  renderTeams,
  renderWebhook,
  threadHeaders,
} from '@throughline/notify';
import {
  type ClaimedDelivery,
  closeNotice,
  type Db,
  earlierMessageIds,
  keepMessage,
  notificationStream,
  runningEscalation,
} from '@throughline/store';
import { acknowledgeLink } from './acknowledge-link.ts';
import { DeliveryError } from './delivery-error.ts';
import type { Mail } from './mail-channel.ts';
import { aboutView, messageView } from './message-view.ts';
import { wordsOfSaid } from './said-words.ts';

/** A message ready to go. */
export type Prepared = { channel: 'mail'; mail: Mail } | { channel: 'webhook'; id: string; body: string };

/** What a message says: for people, and as our own JSON, given the id of the call. */
export type MessageWords = { words: Outline; json: (id: string) => string };

type Context = { portalUrl: string; fromAddress: string; format?: WebhookFormat; now: Date };

/**
 * The message of a delivery: the one that was kept, or rendered now and kept, so that every try sends the same.
 * `fromAddress` gives the Message-ID its domain, `format` is that of the webhook.
 */
export async function prepare(db: Db, delivery: ClaimedDelivery, context: Context): Promise<Prepared> {
  if (delivery.message !== null) return delivery.message as Prepared;
  const { id, tenantId, key, threadKey, channel, target } = delivery;
  const { fromAddress, format = 'throughline', now } = context;
  const stream = await notificationStream(db, tenantId);
  const { words, json } = await messageWords(db, delivery, context);
  const { subject, ...parts } = renderOutline(words);
  const domain = fromAddress.slice(fromAddress.lastIndexOf('@') + 1);
  const name = messageId(stream, key, domain);
  const call = webhookId(stream, key);
  const prepared: Prepared =
    channel === 'webhook'
      ? { channel, id: call, body: format === 'throughline' ? json(call) : chatBody(format, words) }
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

/** A message in the form that a chat's webhook takes. */
export function chatBody(format: Exclude<WebhookFormat, 'throughline'>, words: Outline): string {
  return format === 'slack' ? renderSlack(words) : renderTeams(words);
}

async function messageWords(db: Db, delivery: ClaimedDelivery, context: Context): Promise<MessageWords> {
  const { tenantId, noticeId } = delivery;
  const { portalUrl, now } = context;
  if (noticeId === null) return wordsOfSaid(db, delivery, context);
  const notice = await closeNotice(db, noticeId, now);
  const about = await aboutView(db, tenantId, notice, portalUrl);
  if (about !== undefined) {
    return { words: aboutOutline(about), json: (id) => renderAboutWebhook(id, about) };
  }
  const view = await messageView(db, tenantId, notice, portalUrl);
  if (view === undefined) {
    const why = `Incident ${notice.incidentId} is gone, or concerns none of the rule’s device groups any more.`;
    throw new DeliveryError('message', why);
  }
  const escalation = await runningEscalation(db, tenantId, notice.ruleId, view.incident.id);
  const acknowledge =
    escalation === undefined ? undefined : await acknowledgeLink(db, { ...delivery, escalation }, context);
  const shown = acknowledge === undefined ? view : { ...view, acknowledge };
  return { words: outline(shown), json: (id) => renderWebhook(id, shown) };
}

/** The same for every try of one call, and of no other. */
function webhookId(stream: string, key: string): string {
  return messageId(stream, key, 'webhook').slice(1, 33);
}

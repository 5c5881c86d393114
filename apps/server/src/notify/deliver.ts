import {
  type ClaimedDelivery,
  type Db,
  findWebhooks,
  openSecret,
  type SecretKeys,
  secretDestination,
  webhookSecretOwner,
} from '@throughline/store';
import type { AllowList } from '../outbound/allow-list.ts';
import { DeliveryError } from './delivery-error.ts';
import type { MailChannels } from './mail-channels.ts';
import { prepare } from './prepare.ts';
import { callChat, callWebhook } from './webhook-channel.ts';

export type DeliverContext = {
  db: Db;
  keys: SecretKeys;
  channels: MailChannels;
  allow: AllowList;
  portalUrl: string;
  clock: () => Date;
};

/** Sends one message; resolves once the other side has accepted it. Throws DeliveryError. */
export async function deliver(context: DeliverContext, delivery: ClaimedDelivery): Promise<void> {
  if (delivery.channel === 'mail') await deliverMail(context, delivery);
  else await deliverWebhook(context, delivery);
}

async function deliverMail(context: DeliverContext, delivery: ClaimedDelivery): Promise<void> {
  const { db, channels, portalUrl, clock } = context;
  const held = await channels.of(delivery.tenantId);
  if (held === undefined) throw new DeliveryError('way', 'No mail server is set up.');
  const { fromAddress } = held.server;
  const prepared = await prepare(db, delivery, { portalUrl, fromAddress, now: clock() });
  if (prepared.channel === 'mail') await held.channel.send(prepared.mail);
}

async function deliverWebhook(context: DeliverContext, delivery: ClaimedDelivery): Promise<void> {
  const { db, keys, allow, portalUrl, clock } = context;
  const { tenantId, target } = delivery;
  const id = Number(target);
  const hook = (await findWebhooks(db, tenantId, [id])).get(id);
  if (hook === undefined) throw new DeliveryError('message', 'The webhook was removed.');
  const prepared = await prepare(db, delivery, { portalUrl, fromAddress: '', format: hook.format, now: clock() });
  const place = { tenantId, owner: webhookSecretOwner(id), destination: secretDestination(hook.url) };
  const secret = await openSecret(db, keys, place);
  if (secret === undefined) throw new DeliveryError('message', 'The webhook has no secret: save it again.');
  if (prepared.channel !== 'webhook') return;
  if (hook.format === 'throughline') {
    await callWebhook({ url: hook.url, secret, id: prepared.id, body: prepared.body, now: clock() }, allow);
  } else {
    await callChat({ url: secret, body: prepared.body }, allow);
  }
}

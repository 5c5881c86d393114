import { randomBytes } from 'node:crypto';
import type { TestMailAnswer, Webhook, WebhookSaved } from '@throughline/model';
import { renderWebhook, sampleMessage } from '@throughline/notify';
import {
  type Change,
  createWebhook,
  type Db,
  deleteWebhook,
  findWebhooks,
  NotifyError,
  openSecret,
  type SecretKeys,
  sealSecret,
  secretDestination,
  updateWebhook,
  webhookSecretOwner,
  wipeSecret,
} from '@throughline/store';
import { ApiError } from '../http/api-error.ts';
import type { AllowList } from '../outbound/allow-list.ts';
import { OutboundError } from '../outbound/outbound-error.ts';
import { outboundUrl } from '../outbound/outbound-url.ts';
import { DeliveryError } from './delivery-error.ts';
import { incidentLink } from './message-view.ts';
import { callWebhook } from './webhook-channel.ts';

type Body = { name: string; url: string };

/** Makes a webhook with a secret of its own. Throws NotifyError, SecretError, ApiError 400 for a URL of a refused form. */
export async function addWebhook(
  db: Db,
  keys: SecretKeys,
  tenantId: string,
  body: Body,
  change: Change,
): Promise<WebhookSaved> {
  checkUrl(body.url);
  const made = await createWebhook(db, tenantId, { ...body, ...change });
  try {
    return { ...made, secret: await newSecret(db, keys, tenantId, made, change.now) };
  } catch (error) {
    await deleteWebhook(db, tenantId, made.id);
    throw error;
  }
}

/** Changes a webhook; one that goes elsewhere gets a new secret, so that the old one does not follow it. */
export async function changeWebhook(
  db: Db,
  keys: SecretKeys,
  tenantId: string,
  id: number,
  body: Body,
  change: Change,
): Promise<WebhookSaved> {
  checkUrl(body.url);
  const { before, after } = await updateWebhook(db, tenantId, id, { ...body, by: change.by });
  const moved = secretDestination(before.url) !== secretDestination(after.url);
  return { ...after, secret: moved ? await newSecret(db, keys, tenantId, after, change.now) : null };
}

export async function removeWebhook(db: Db, tenantId: string, id: number): Promise<void> {
  await deleteWebhook(db, tenantId, id);
  await wipeSecret(db, tenantId, webhookSecretOwner(id));
}

/** Calls a webhook with an invented incident and says what came of it. */
export async function testWebhook(
  db: Db,
  { keys, allow, portalUrl }: { keys: SecretKeys; allow: AllowList; portalUrl: () => string },
  tenantId: string,
  id: number,
  now: Date,
): Promise<TestMailAnswer> {
  const hook = (await findWebhooks(db, tenantId, [id])).get(id);
  if (hook === undefined) throw new NotifyError('noSuchWebhook', 'There is no such webhook.');
  const place = { tenantId, owner: webhookSecretOwner(id), destination: secretDestination(hook.url) };
  const secret = await openSecret(db, keys, place);
  const called = `test-${id}-${now.getTime()}`;
  const body = renderWebhook(called, { ...sampleMessage, link: incidentLink(portalUrl(), sampleMessage.incident.id) });
  try {
    if (secret === undefined) throw new DeliveryError('message', 'The webhook has no secret: make it anew.');
    await callWebhook({ url: hook.url, secret, id: called, body, now }, allow);
    return { results: [{ to: hook.name, accepted: true, detail: 'The webhook accepted the call.' }] };
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    return { results: [{ to: hook.name, accepted: false, detail: error.message }] };
  }
}

async function newSecret(db: Db, keys: SecretKeys, tenantId: string, { id, url }: Webhook, now: Date): Promise<string> {
  const secret = `whsec_${randomBytes(32).toString('base64url')}`;
  const place = { tenantId, owner: webhookSecretOwner(id), destination: secretDestination(url) };
  await sealSecret(db, keys, place, secret, now);
  return secret;
}

function checkUrl(url: string): void {
  try {
    outboundUrl(url);
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    throw new ApiError(400, 'invalidRequest', error.message, { target: 'url' });
  }
}

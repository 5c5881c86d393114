import { randomBytes } from 'node:crypto';
import type { TestMailAnswer, Webhook, WebhookBody, WebhookSaved } from '@throughline/model';
import { outline, renderWebhook, sampleMessage } from '@throughline/notify';
import {
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
import { chatBody } from './prepare.ts';
import { callChat, callWebhook } from './webhook-channel.ts';

type By = { by: string; now: Date };

/** Makes a webhook with a secret of its own. Throws NotifyError, SecretError, ApiError 400 for a URL of a refused form. */
export async function addWebhook(
  db: Db,
  keys: SecretKeys,
  tenantId: string,
  { name, format, url }: WebhookBody,
  change: By,
): Promise<WebhookSaved> {
  if (url === undefined) throw urlMissing();
  checkUrl(url);
  const shown = format === 'throughline' ? url : shownUrl(url);
  const made = await createWebhook(db, tenantId, { name, format, url: shown, ...change });
  try {
    if (format !== 'throughline') {
      await sealUrl(db, keys, tenantId, made.id, url, change.now);
      return { ...made, secret: null };
    }
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
  { name, format, url }: WebhookBody,
  { by, now }: By,
): Promise<WebhookSaved> {
  const old = (await findWebhooks(db, tenantId, [id])).get(id);
  if (old === undefined) throw new NotifyError('noSuchWebhook', 'There is no such webhook.');
  if (url === undefined && old.format !== format) throw urlMissing();
  if (url !== undefined) checkUrl(url);
  const shown = url === undefined ? old.url : format === 'throughline' ? url : shownUrl(url);
  const { before, after } = await updateWebhook(db, tenantId, id, { name, format, url: shown, by });
  if (format !== 'throughline') {
    if (url !== undefined) await sealUrl(db, keys, tenantId, id, url, now);
    return { ...after, secret: null };
  }
  const moved = before.format !== format || secretDestination(before.url) !== secretDestination(after.url);
  return { ...after, secret: moved ? await newSecret(db, keys, tenantId, after, now) : null };
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
  const view = { ...sampleMessage, link: incidentLink(portalUrl(), sampleMessage.incident.id) };
  try {
    if (secret === undefined)
      throw new DeliveryError('message', 'The webhook has no secret: save it with its address.');
    if (hook.format === 'throughline') {
      await callWebhook({ url: hook.url, secret, id: called, body: renderWebhook(called, view), now }, allow);
    } else {
      await callChat({ url: secret, body: chatBody(hook.format, outline(view)) }, allow);
    }
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

// The path of a chat's address is the key to it: what may be shown is where it leads, and enough to tell two apart.
function shownUrl(url: string): string {
  const { protocol, host, pathname, search } = new URL(url);
  const path = pathname + search;
  return `${protocol}//${host}/…${path.length < 16 ? '' : path.slice(-4)}`;
}

async function sealUrl(db: Db, keys: SecretKeys, tenantId: string, id: number, url: string, now: Date) {
  const place = { tenantId, owner: webhookSecretOwner(id), destination: secretDestination(url) };
  await sealSecret(db, keys, place, url, now);
}

function urlMissing(): ApiError {
  return new ApiError(400, 'urlMissing', 'Enter the address of the webhook.', { target: 'url' });
}

function checkUrl(url: string): void {
  try {
    outboundUrl(url);
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    throw new ApiError(400, 'invalidRequest', error.message, { target: 'url' });
  }
}

import type { SourceLimit } from '@throughline/model';
import {
  acknowledgedOutline,
  digestOutline,
  escalationOutline,
  type MailContent,
  type MessageView,
  oneLine,
  renderOutline,
  renderWebhook,
  sharedOutline,
} from '@throughline/notify';
import { type ClaimedDelivery, type Db, escalationShows, type Said } from '@throughline/store';
import { acknowledgeLink } from './acknowledge-link.ts';
import { DeliveryError } from './delivery-error.ts';
import { digestWords } from './digest-words.ts';
import { messageView } from './message-view.ts';
import type { MessageWords } from './prepare.ts';

type Context = { portalUrl: string; now: Date };

/** What a message says that is of no rule's notice. Throws DeliveryError `message` when there is nothing to say any more. */
export async function wordsOfSaid(db: Db, delivery: ClaimedDelivery, context: Context): Promise<MessageWords> {
  const { said, tenantId } = delivery;
  if (said === null) throw new DeliveryError('message', 'The message says nothing.');
  if (said.kind === 'digest') {
    const words = digestOutline(...(await digestWords(db, tenantId, said, context.portalUrl)));
    const facts = Object.fromEntries(words.facts.map(({ name, value }) => [name, value]));
    return { words, json: (id) => JSON.stringify({ version: 1, id, type: 'digest', subject: words.subject, facts }) };
  }
  if (said.kind === 'shared') {
    const view = await sharedView(db, tenantId, said, context);
    return { words: sharedOutline(view, said), json: (id) => renderWebhook(id, view, { type: 'shared' }) };
  }
  const shows = delivery.escalationId === null ? undefined : await escalationShows(db, delivery.escalationId);
  if (shows === undefined) throw new DeliveryError('message', 'The rule that escalated was removed.');
  const view = await viewOf(db, tenantId, said, shows, context);
  if (said.kind === 'acknowledged') {
    const note = `Acknowledged by ${oneLine(said.by, 200)}`;
    return {
      words: acknowledgedOutline(view, said),
      json: (id) => renderWebhook(id, view, { type: 'acknowledged', note }),
    };
  }
  if (!shows.running) throw new DeliveryError('message', 'The escalation had ended before the message went out.');
  const escalation = delivery.escalationId ?? 0;
  const shown = { ...view, acknowledge: await acknowledgeLink(db, { ...delivery, escalation }, context) };
  return { words: escalationOutline(shown, said), json: (id) => renderWebhook(id, shown, { type: 'escalated' }) };
}

type Shared = Extract<Said, { kind: 'shared' }>;

/** The mail that somebody sends about an incident, as it would be now. Throws DeliveryError when there is none. */
export async function sharedMail(db: Db, tenantId: string, said: Shared, portalUrl: string): Promise<MailContent> {
  return renderOutline(sharedOutline(await sharedView(db, tenantId, said, { portalUrl }), said));
}

function sharedView(db: Db, tenantId: string, said: Shared, context: Pick<Context, 'portalUrl'>): Promise<MessageView> {
  const { groups: deviceGroups, sources } = said;
  return viewOf(db, tenantId, said, { includeOrganization: false, includeLink: true, deviceGroups, sources }, context);
}

type Shows = {
  deviceGroups: number[] | null;
  sources?: SourceLimit | null;
  includeOrganization: boolean;
  includeLink: boolean;
};

async function viewOf(
  db: Db,
  tenantId: string,
  said: Exclude<Said, { kind: 'digest' }>,
  { deviceGroups, sources = null, includeOrganization, includeLink }: Shows,
  { portalUrl }: Pick<Context, 'portalUrl'>,
): Promise<MessageView> {
  const ruleName = said.kind === 'shared' ? '' : said.ruleName;
  const nothingNew = { event: 'updated' as const, alerts: [], alertCount: 0, mergedFrom: [] };
  const view = await messageView(
    db,
    tenantId,
    { ...nothingNew, ruleName, incidentId: said.incidentId, deviceGroups, sources, includeOrganization, includeLink },
    portalUrl,
  );
  if (view === undefined) throw new DeliveryError('message', `Incident ${said.incidentId} is gone.`);
  return view;
}

import {
  acknowledgedOutline,
  digestOutline,
  escalationOutline,
  type MessageView,
  oneLine,
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
    const view = await viewOf(db, tenantId, said, { ...wholeLink, deviceGroups: said.groups }, context);
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

const wholeLink = { includeOrganization: false, includeLink: true };

async function viewOf(
  db: Db,
  tenantId: string,
  said: Exclude<Said, { kind: 'digest' }>,
  shows: { deviceGroups: number[] | null; includeOrganization: boolean; includeLink: boolean },
  { portalUrl }: Context,
): Promise<MessageView> {
  const { deviceGroups, includeOrganization, includeLink } = shows;
  const ruleName = said.kind === 'shared' ? '' : said.ruleName;
  const nothingNew = { event: 'updated' as const, alerts: [], alertCount: 0, mergedFrom: [] };
  const view = await messageView(
    db,
    tenantId,
    { ...nothingNew, ruleName, incidentId: said.incidentId, deviceGroups, includeOrganization, includeLink },
    portalUrl,
  );
  if (view === undefined) throw new DeliveryError('message', `Incident ${said.incidentId} is gone.`);
  return view;
}

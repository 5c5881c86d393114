import { type AcknowledgeView, type Actor, severities } from '@throughline/model';
import { sql } from 'kysely';
import { hashSecret, looksLikeSecret, newSecret } from '../access/secret.ts';
import { recordSteps } from '../command/activity-step.ts';
import { announce } from '../command/announce.ts';
import { inTransaction } from '../command/in-transaction.ts';
import { lockIncident } from '../command/lock-incident.ts';
import type { Db } from '../database.ts';
import { everything, type Viewer } from '../query/viewer.ts';
import { NotifyError } from './notify-error.ts';
import { queueSaid } from './said.ts';

type When = { now: Date; patience: number };

/** Makes a link's secret for one recipient of an escalating incident; only its hash is stored. */
export async function createAcknowledgeLink(
  db: Db,
  tenantId: string,
  escalationId: number,
  { recipient, expiresAt }: { recipient: string; expiresAt: Date },
): Promise<string> {
  const secret = newSecret();
  await db
    .insertInto('acknowledge_link')
    .values({
      token_hash: hashSecret(secret),
      tenant_id: tenantId,
      escalation_id: escalationId,
      recipient,
      expires_at: expiresAt,
    })
    .execute();
  return secret;
}

type Linked = AcknowledgeView & { tenantId: string; used: boolean };

/** What a link shows. Nothing changes. Throws NotifyError `badLink`. */
export async function readAcknowledgeLink(db: Db, secret: string, now: Date): Promise<AcknowledgeView> {
  const { tenantId: _, used: __, ...view } = await findLink(db, secret, now);
  return view;
}

/** For the audit log: whom a link was sent to; undefined when it is none. */
export async function recipientOfLink(db: Db, secret: string, now: Date): Promise<string | undefined> {
  return (await findLink(db, secret, now).catch(() => undefined))?.recipient;
}

async function findLink(db: Db, secret: string, now: Date): Promise<Linked> {
  const { rows } = looksLikeSecret(secret)
    ? await sql<Omit<Linked, 'severity'> & { rank: number }>`
        select i.id as "incidentId", i.display_name as "displayName", i.severity as rank,
          i.first_activity as "firstActivityDateTime", l.recipient, e.state, e.ended_by as "endedBy",
          e.ended_at as "endedDateTime", l.tenant_id as "tenantId", l.used_at is not null as used
        from acknowledge_link l
        join notification_escalation e on e.id = l.escalation_id
        join incident i on i.tenant_id = e.tenant_id and i.id = e.incident_id
        where l.token_hash = ${hashSecret(secret)} and l.expires_at > ${now}`.execute(db)
    : { rows: [] };
  const [row] = rows;
  if (row === undefined) throw new NotifyError('badLink', 'This link is unknown or has expired.');
  const { rank, ...view } = row;
  return { ...view, severity: severities[rank] ?? 'unknown' };
}

/**
 * Acknowledges by a link: once, in the name of whom it was sent to. What has ended otherwise stays as it is. Throws
 * NotifyError `badLink`, `linkUsed`.
 */
export async function acknowledgeByLink(db: Db, secret: string, when: When): Promise<AcknowledgeView> {
  return inTransaction(db, async (trx) => {
    const found = await findLink(trx, secret, when.now);
    // One statement: of two requests with the same link only one gets the row.
    const { numUpdatedRows } = await trx
      .updateTable('acknowledge_link')
      .set({ used_at: when.now })
      .where('token_hash', '=', hashSecret(secret))
      .where('used_at', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw new NotifyError('linkUsed', 'This link was used already.');
    const viewer = everything(found.tenantId);
    const incident = await lockIncident(trx, viewer, found.incidentId);
    await acknowledge(trx, viewer, incident, { kind: 'person', name: found.recipient }, when);
    return readAcknowledgeLink(trx, secret, when.now);
  });
}

/**
 * Acknowledges an incident, whose escalations end. Throws ChangeError `notFound`, `redirected`; NotifyError
 * `notEscalating`.
 */
export async function acknowledgeIncident(
  db: Db,
  viewer: Viewer,
  incidentId: number,
  actor: Actor,
  when: When,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const incident = await lockIncident(trx, viewer, incidentId);
    if (await acknowledge(trx, viewer, incident, actor, when)) return;
    throw new NotifyError('notEscalating', 'Nothing escalates for this incident.');
  });
}

async function acknowledge(
  trx: Db,
  { tenantId }: Viewer,
  incident: Awaited<ReturnType<typeof lockIncident>>,
  actor: Actor,
  { now, patience }: When,
): Promise<boolean> {
  const ended = await trx
    .updateTable('notification_escalation')
    .set({ state: 'acknowledged', ended_at: now, ended_by: actor.name, next_at: null })
    .where('tenant_id', '=', tenantId)
    .where('incident_id', '=', incident.id)
    .where('state', '=', 'running')
    .returning(['id', 'rule_id', 'rule_name', 'root_id'])
    .execute();
  if (ended.length === 0) return false;
  const place = { tenantId, incidentId: incident.id, alertId: null, actor, now };
  await recordSteps(trx, place, [
    {
      kind: 'acknowledged',
      summary: 'Acknowledged: the escalation stopped',
      before: {},
      after: { acknowledged: true },
    },
  ]);
  await sql`
    update incident set updated_at = greatest(updated_at, ${now}), last_modified_by = ${actor.name}
    where tenant_id = ${tenantId} and id = ${incident.id}`.execute(trx);
  for (const { id, rule_id, rule_name, root_id } of ended) {
    await sql`
      delete from notification_delivery where escalation_id = ${id} and state = 'waiting'
        and said ->> 'kind' = 'escalated'`.execute(trx);
    const { rows } = await sql<{ thread: string; channel: 'mail' | 'webhook'; target: string }>`
      select distinct on (thread_key) thread_key as thread, channel, target from notification_delivery
      where tenant_id = ${tenantId} and thread_key like ${`${rule_id}/${root_id}/%`} and state in ('sending', 'sent')
      order by thread_key, id`.execute(trx);
    const said = {
      kind: 'acknowledged',
      incidentId: incident.id,
      ruleName: rule_name,
      by: actor.name,
      at: now.toISOString(),
    } as const;
    const messages = rows.map(({ thread, channel, target }) => ({
      key: `acknowledged/${id}/${thread}`,
      threadKey: thread,
      channel,
      target,
      said,
      escalationId: id,
    }));
    await queueSaid(trx, tenantId, messages, { now, patience });
  }
  await announce(trx, tenantId, [{ type: 'incident.updated', incidentId: incident.id, kind: incident.kind }]);
  return true;
}

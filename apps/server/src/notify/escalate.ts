import { onCallAt, stepAt, stepDue } from '@throughline/notify';
import {
  type Db,
  type DueEscalation,
  deliveryThread,
  dueEscalations,
  endEscalations,
  findWebhooks,
  listSchedules,
  moveEscalation,
  queueSaid,
  type StoredRecipient,
} from '@throughline/store';

const most = 100;

/**
 * Ends the escalations that somebody took up, and tells the next step of those that are due. Messages and progress are
 * one transaction: a crash repeats both or neither, and two processes take different ones.
 */
export async function escalate(db: Db, now: Date, patience: number): Promise<void> {
  await endEscalations(db, now);
  for (let more = true; more; ) {
    more = await db.transaction().execute(async (trx) => {
      const due = await dueEscalations(trx, now, most);
      for (const escalation of due) await takeStep(trx, escalation, now, patience);
      return due.length === most;
    });
  }
}

async function takeStep(trx: Db, escalation: DueEscalation, now: Date, patience: number): Promise<void> {
  const { id, tenantId, ruleId, rootId, incidentId, ruleName, policyName, steps, repeats, step } = escalation;
  const place = stepAt({ step, steps, repeats });
  const told = place && steps[place.index];
  if (place === undefined || told === undefined) return moveEscalation(trx, id, step, null);
  const recipients = await recipientsOf(trx, tenantId, told, now);
  const said = {
    kind: 'escalated',
    incidentId,
    ruleName,
    policyName,
    step: place.index + 1,
    steps: steps.length,
    round: place.round,
  } as const;
  const messages = recipients.map((recipient) => ({
    key: `escalated/${id}/${step}/${recipient.channel}/${recipient.target.toLowerCase()}`,
    threadKey: deliveryThread(ruleId, rootId, recipient),
    ...recipient,
    said,
    escalationId: id,
  }));
  await queueSaid(trx, tenantId, messages, { now, patience });
  const next = stepDue({ step: step + 1, steps, repeats }, now.getTime());
  await moveEscalation(trx, id, step + 1, next === undefined ? null : new Date(next));
}

type Told = Pick<StoredRecipient, 'channel' | 'target'>;

async function recipientsOf(
  db: Db,
  tenantId: string,
  { mails, webhooks, schedules }: DueEscalation['steps'][number],
  now: Date,
): Promise<Told[]> {
  const rotations = schedules.length === 0 ? [] : await listSchedules(db, tenantId, schedules);
  const onCall = rotations.flatMap((rotation) => onCallAt(rotation, now.getTime())?.mail ?? []);
  const hooks = await findWebhooks(db, tenantId, webhooks);
  const told: Told[] = [
    ...[...mails, ...onCall].map((target) => ({ channel: 'mail' as const, target })),
    ...[...hooks.keys()].map((target) => ({ channel: 'webhook' as const, target: String(target) })),
  ];
  return [...new Map(told.map((each) => [`${each.channel}/${each.target.toLowerCase()}`, each])).values()];
}

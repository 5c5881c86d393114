import { type ActivityKind, type Actor, correlationActor, type LiveEvent } from '@throughline/model';
import { sql } from 'kysely';
import { recordSet } from './record-set.ts';
import type { WriterTransaction } from './writer.ts';

/** An entry of the activity log, made by a part of the system. */
export type ActivityWrite = {
  kind: ActivityKind;
  incidentId: number;
  alertId: string | null;
  summary: string;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  actor?: Actor;
};

export async function recordActivity(
  trx: WriterTransaction,
  tenantId: string,
  now: string,
  entries: readonly ActivityWrite[],
): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map((entry, ord) => ({
    ord,
    before: {},
    after: {},
    ...entry,
    actor: undefined,
    ...actorOf(entry),
  }));
  await sql`
    insert into activity (tenant_id, at, kind, actor_kind, actor_name, incident_id, alert_id, summary, before, after)
    select ${tenantId}, ${now}::timestamptz, kind, "actorKind", "actorName", "incidentId", "alertId", summary, before, after
    from json_to_recordset(${recordSet(rows)}::json) as t (
      ord int, kind text, "actorKind" text, "actorName" text, "incidentId" int, "alertId" text, summary text,
      before jsonb, after jsonb)
    order by ord`.execute(trx);
}

function actorOf({ actor = correlationActor }: ActivityWrite) {
  return { actorKind: actor.kind, actorName: actor.name };
}

/** Tells live subscribers what changed, once it is committed. */
export async function recordLiveEvents(
  trx: WriterTransaction,
  tenantId: string,
  now: string,
  events: readonly LiveEvent[],
): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map((event, ord) => ({ ord, event }));
  await sql`
    insert into live_event (tenant_id, at, event)
    select ${tenantId}, ${now}::timestamptz, event
    from json_to_recordset(${recordSet(rows)}::json) as t (ord int, event jsonb) order by ord`.execute(trx);
}

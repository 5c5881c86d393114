import type { SourceLimit } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { recordSet } from '../pipeline/record-set.ts';
import type { StoredRecipient } from './stored-shapes.ts';

/** What a message tells that belongs to no rule's notice. `step` and `round` count from 1; `at`, `until` are instants. */
export type Said =
  | {
      kind: 'escalated';
      incidentId: number;
      ruleName: string;
      policyName: string;
      step: number;
      steps: number;
      round: number;
    }
  | { kind: 'acknowledged'; incidentId: number; ruleName: string; by: string; at: string }
  /** `groups`, `sources`: what its sender sees; null = all. */
  | {
      kind: 'shared';
      incidentId: number;
      by: string;
      note: string;
      groups: number[] | null;
      sources: SourceLimit | null;
    }
  | { kind: 'digest'; digestId: number; day: string; until: string };

/** A message for the outbox. What has the same `key` is the same message, and goes out once. */
export type SaidMessage = {
  key: string;
  threadKey: string;
  channel: StoredRecipient['channel'];
  target: string;
  said: Said;
  escalationId: number | null;
};

/** Puts messages into the outbox within the caller's transaction, due now; `patience` is how long they are tried, ms. */
export async function queueSaid(
  trx: Db,
  tenantId: string,
  messages: readonly SaidMessage[],
  { now, patience }: { now: Date; patience: number },
): Promise<void> {
  if (messages.length === 0) return;
  await sql`
    insert into notification_delivery
      (tenant_id, key, thread_key, channel, target, said, escalation_id, due_at, give_up_at, created_at)
    select ${tenantId}, key, "threadKey", channel, target, said, "escalationId", ${now},
      ${new Date(now.getTime() + patience)}, ${now}
    from json_to_recordset(${recordSet([...messages])}::json) as t (key text, "threadKey" text, channel text, target text,
      said jsonb, "escalationId" bigint)
    on conflict (tenant_id, key) do nothing`.execute(trx);
}

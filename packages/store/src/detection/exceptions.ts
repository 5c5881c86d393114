import { sql } from 'kysely';
import { noteChange } from '../audit/audited.ts';
import { inTransaction } from '../command/in-transaction.ts';
import type { Db } from '../database.ts';

/** One condition: the field, by its source's name or as a column, agrees with one of the values. Case does not count. */
export type ExceptionCondition = {
  field: string;
  operator: 'equals' | 'startsWith' | 'endsWith' | 'contains';
  values: string[];
};

/** Matches for which every condition holds are no alert. `ruleId` null: of any rule. */
export type DetectionException = {
  id: number;
  ruleId: string | null;
  conditions: ExceptionCondition[];
  reason: string;
  expiresDateTime: string | null;
  createdDateTime: string;
  createdBy: string;
  hits: number;
  lastHitDateTime: string | null;
};

/** Exceptions that are not taken back, newest first; expired ones too. */
export async function listExceptions(db: Db, tenantId: string): Promise<DetectionException[]> {
  const { rows } = await sql<DetectionException>`
    select id, rule_id as "ruleId", conditions, reason, expires_at as "expiresDateTime", created_at as "createdDateTime",
      created_by as "createdBy", hits, last_hit as "lastHitDateTime"
    from detection_exception where tenant_id = ${tenantId} and ended_at is null order by id desc`.execute(db);
  return rows;
}

/** Adds an exception; holds for what comes in from then on. Returns its number. */
export function addException(
  db: Db,
  { tenantId, by }: { tenantId: string; by: string },
  exception: Pick<DetectionException, 'ruleId' | 'conditions' | 'reason' | 'expiresDateTime'>,
): Promise<number> {
  return inTransaction(db, async (trx) => {
    const { id } = await trx
      .insertInto('detection_exception')
      .values({
        tenant_id: tenantId,
        rule_id: exception.ruleId,
        conditions: JSON.stringify(exception.conditions),
        reason: exception.reason,
        expires_at: exception.expiresDateTime,
        created_by: by,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    noteChange(trx, { target: { kind: 'setting', id: `detection-exception-${id}` }, after: { ...exception } });
    return id;
  });
}

/** Takes an exception back. Returns false when there is none of that number. */
export function endException(
  db: Db,
  { tenantId, by, now }: { tenantId: string; by: string; now: Date },
  id: number,
): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('detection_exception')
      .set({ ended_at: now, ended_by: by })
      .where('tenant_id', '=', tenantId)
      .where('id', '=', id)
      .where('ended_at', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    noteChange(trx, { target: { kind: 'setting', id: `detection-exception-${id}` }, after: { ended: true } });
    return true;
  });
}

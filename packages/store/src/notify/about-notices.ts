import type { NoticeAbout, NoticeEvent } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import type { StoredRecipient } from './stored-shapes.ts';
import { insertDeliveries } from './write-plan.ts';

/** A message about something that is no incident. `rootId` and `window` name it: it is made once. */
export type AboutNotice = {
  ruleId: number;
  ruleName: string;
  rootId: number;
  window: number;
  event: NoticeEvent;
  about: NoticeAbout;
  recipients: readonly StoredRecipient[];
};

/** Writes messages with their deliveries, due now and tried for `patience` ms; one that is there already is left out. */
export async function writeAboutNotices(
  trx: Db,
  tenantId: string,
  notices: readonly AboutNotice[],
  { now, patience }: { now: Date; patience: number },
): Promise<void> {
  for (const { ruleId, ruleName, rootId, window, event, about, recipients } of notices) {
    const { rows } = await sql<{ id: number }>`
      insert into notification_notice
        (tenant_id, rule_id, rule_name, root_id, window_no, event, about, alerts, alert_count, created_at)
      values (${tenantId}, ${ruleId}, ${ruleName}, ${rootId}, ${window}, ${event}, ${JSON.stringify(about)}::jsonb, '[]', 0,
        ${now})
      on conflict do nothing returning id`.execute(trx);
    const [notice] = rows;
    if (notice === undefined) continue;
    const due = now.getTime();
    await insertDeliveries(
      trx,
      tenantId,
      [{ notice: notice.id, ruleId, rootId, window, due, recipients }],
      now,
      patience,
    );
  }
}

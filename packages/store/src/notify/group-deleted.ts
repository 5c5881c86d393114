import type { GroupEffect } from '@throughline/model';
import { sql } from 'kysely';
import { noteChange } from '../audit/audited.ts';
import type { Db } from '../database.ts';
import { ruleTarget } from './read-rules.ts';
import { forgetRule } from './rules.ts';

/** What deleting a device group would do to the rules that name it: lose it, or be removed when it is their only one. */
export async function groupEffect(db: Db, tenantId: string, groupId: number): Promise<GroupEffect> {
  const { rows } = await sql<GroupEffect>`
    select count(*) filter (where cardinality(device_groups) > 1) as lose,
      count(*) filter (where cardinality(device_groups) = 1) as removed
    from notification_rule where tenant_id = ${tenantId} and device_groups @> array[${groupId}::int]`.execute(db);
  return rows[0] ?? { lose: 0, removed: 0 };
}

/** Takes a device group that is deleted out of the rules; a rule that was about nothing else is removed. */
export async function dropGroupFromRules(trx: Db, tenantId: string, groupId: number): Promise<void> {
  const { rows } = await sql<{ id: number; name: string; before: number[]; after: number[] }>`
    update notification_rule r set device_groups = array_remove(r.device_groups, ${groupId}::int)
    from notification_rule old
    where old.id = r.id and r.tenant_id = ${tenantId} and r.device_groups @> array[${groupId}::int]
    returning r.id, r.name, old.device_groups as before, r.device_groups as after`.execute(trx);
  for (const { id, name, before, after } of rows) {
    if (after.length > 0) {
      const rule = { notificationRule: { id, name } };
      noteChange(trx, {
        target: ruleTarget(id),
        before: { ...rule, deviceGroups: before },
        after: { deviceGroups: after },
      });
      continue;
    }
    await trx.deleteFrom('notification_rule').where('tenant_id', '=', tenantId).where('id', '=', id).execute();
    noteChange(trx, { target: ruleTarget(id), before: { notificationRule: { id, name }, deviceGroups: before } });
    await forgetRule(trx, tenantId, id);
  }
}

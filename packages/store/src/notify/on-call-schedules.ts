import type { OnCallScheduleBody } from '@throughline/model';
import { sql } from 'kysely';
import { noteChange } from '../audit/audited.ts';
import type { Db } from '../database.ts';
import { changedFields } from './changed-fields.ts';
import { NotifyError, withFreeName } from './notify-error.ts';

/** A rotation as it is stored. */
export type OnCallRow = OnCallScheduleBody & { id: number; lastUpdateDateTime: string; lastModifiedBy: string };

// A rotation that a hand in the database broke has nobody on call; the others go on.
const nobody: Omit<OnCallScheduleBody, 'name'> = {
  timeZone: 'UTC',
  firstDay: '2000-01-01',
  handover: '00:00',
  every: 'day',
  people: [],
  overrides: [],
};

/** Rotations of a tenant by name; only those of `ids` when given. */
export async function listSchedules(db: Db, tenantId: string, ids?: readonly number[]): Promise<OnCallRow[]> {
  let query = db.selectFrom('on_call_schedule').selectAll().where('tenant_id', '=', tenantId).orderBy('name');
  if (ids !== undefined) query = query.where(sql<boolean>`id = any(${[...ids]}::int[])`);
  const rows = await query.execute();
  return rows.map(({ id, name, definition, updated_at, updated_by }) => ({
    id,
    name,
    ...nobody,
    ...(Object(definition) === definition ? definition : {}),
    lastUpdateDateTime: updated_at,
    lastModifiedBy: updated_by,
  }));
}

/** Makes a rotation, or with `id` changes it; returns its id. Throws NotifyError `noSuchSchedule`, `nameTaken`. */
export async function saveSchedule(
  db: Db,
  tenantId: string,
  id: number | undefined,
  { name, ...definition }: OnCallScheduleBody,
  { by, now }: { by: string; now: Date },
): Promise<number> {
  return withFreeName('schedule', name, () =>
    db.transaction().execute(async (trx) => {
      const row = { name, definition: JSON.stringify(definition), updated_at: now, updated_by: by };
      if (id === undefined) {
        const made = await trx
          .insertInto('on_call_schedule')
          .values({ tenant_id: tenantId, ...row })
          .returning('id')
          .executeTakeFirstOrThrow();
        noteChange(trx, { target: targetOf(made.id), after: { name, ...definition } });
        return made.id;
      }
      const [before] = await listSchedules(trx, tenantId, [id]);
      if (before === undefined) throw noSuchSchedule();
      await trx
        .updateTable('on_call_schedule')
        .set(row)
        .where('tenant_id', '=', tenantId)
        .where('id', '=', id)
        .execute();
      noteChange(trx, { target: targetOf(id), ...changedFields(before, { name, ...definition }) });
      return id;
    }),
  );
}

/** Throws NotifyError `scheduleInUse` while a policy names it, `noSuchSchedule`. */
export async function deleteSchedule(db: Db, tenantId: string, id: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ name: string }>`
      select name from escalation_policy where tenant_id = ${tenantId}
        and steps @> ${JSON.stringify([{ schedules: [id] }])}::jsonb order by name limit 3`.execute(trx);
    if (rows.length > 0) {
      const names = rows.map(({ name }) => `“${name}”`).join(', ');
      throw new NotifyError('scheduleInUse', `Take the schedule out of the policies that use it first: ${names}.`);
    }
    const gone = await trx
      .deleteFrom('on_call_schedule')
      .where('tenant_id', '=', tenantId)
      .where('id', '=', id)
      .returning('name')
      .executeTakeFirst();
    if (gone === undefined) throw noSuchSchedule();
    noteChange(trx, { target: targetOf(id), before: gone });
  });
}

function targetOf(id: number) {
  return { kind: 'onCallSchedule', id: String(id) };
}

function noSuchSchedule(): NotifyError {
  return new NotifyError('noSuchSchedule', 'There is no such on-call schedule.');
}

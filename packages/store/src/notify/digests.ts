import type { Digest, DigestBody } from '@throughline/model';
import { sql } from 'kysely';
import { noteChange } from '../audit/audited.ts';
import type { Db } from '../database.ts';
import { changedFields } from './changed-fields.ts';
import { NotifyError } from './notify-error.ts';

/** A digest whose time has come. `day` is the local date it is of. */
export type DueDigest = { id: number; tenantId: string; day: string; at: string; definition: DigestBody };

/** When a digest comes next: a local day and its instant (ms UTC); undefined = not. */
export type DigestTime = { day: string; at: number } | undefined;

export async function listDigests(db: Db, tenantId: string): Promise<Digest[]> {
  const rows = await db
    .selectFrom('notification_digest')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .orderBy('id')
    .execute();
  return rows.map(({ id, definition, next_at, updated_by }) => ({
    id,
    ...definition,
    nextDateTime: next_at,
    lastModifiedBy: updated_by,
  }));
}

/** Makes a digest, or with `id` changes it; it counts what `accountId` sees. Throws NotifyError `noSuchDigest`. */
export async function saveDigest(
  db: Db,
  tenantId: string,
  id: number | undefined,
  body: DigestBody,
  { by, now, accountId, next }: { by: string; now: Date; accountId: number; next: DigestTime },
): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const row = {
      account_id: accountId,
      definition: JSON.stringify(body),
      next_at: next === undefined ? null : new Date(next.at),
      next_day: next?.day ?? null,
      updated_at: now,
      updated_by: by,
    };
    if (id === undefined) {
      const made = await trx
        .insertInto('notification_digest')
        .values({ tenant_id: tenantId, ...row })
        .returning('id')
        .executeTakeFirstOrThrow();
      noteChange(trx, { target: targetOf(made.id), after: body });
      return made.id;
    }
    const before = (await listDigests(trx, tenantId)).find((each) => each.id === id);
    if (before === undefined) throw noSuchDigest();
    await trx.updateTable('notification_digest').set(row).where('id', '=', id).execute();
    noteChange(trx, { target: targetOf(id), ...changedFields(before, body) });
    return id;
  });
}

/** Removes a digest and its messages that wait. Throws NotifyError `noSuchDigest`. */
export async function deleteDigest(db: Db, tenantId: string, id: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const gone = await trx
      .deleteFrom('notification_digest')
      .where('tenant_id', '=', tenantId)
      .where('id', '=', id)
      .returning('definition')
      .executeTakeFirst();
    if (gone === undefined) throw noSuchDigest();
    await sql`
      delete from notification_delivery where tenant_id = ${tenantId} and state = 'waiting'
        and said @> ${JSON.stringify({ kind: 'digest', digestId: id })}::jsonb`.execute(trx);
    noteChange(trx, { target: targetOf(id), before: { ...gone.definition } });
  });
}

/** Whose eyes a digest is read with; undefined when it or its account is gone. */
export async function digestOwner(
  db: Db,
  tenantId: string,
  id: number,
): Promise<{ accountId: number; definition: DigestBody } | undefined> {
  const row = await db
    .selectFrom('notification_digest')
    .select(['account_id', 'definition'])
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && { accountId: row.account_id, definition: row.definition };
}

/** Digests that are due, locked until the transaction ends. */
export async function dueDigests(trx: Db, now: Date): Promise<DueDigest[]> {
  const { rows } = await sql<DueDigest>`
    select id, tenant_id as "tenantId", next_day::text as day, next_at as at, definition from notification_digest
    where next_at <= ${now} order by id limit 200 for update skip locked`.execute(trx);
  return rows;
}

/** Notes when a digest comes next. Belongs into the transaction that writes its message. */
export async function moveDigest(trx: Db, id: number, next: DigestTime): Promise<void> {
  await trx
    .updateTable('notification_digest')
    .set({ next_at: next === undefined ? null : new Date(next.at), next_day: next?.day ?? null })
    .where('id', '=', id)
    .execute();
}

function targetOf(id: number) {
  return { kind: 'notificationDigest', id: String(id) };
}

function noSuchDigest(): NotifyError {
  return new NotifyError('noSuchDigest', 'There is no such digest.');
}

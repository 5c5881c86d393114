import type { Deletion } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../../database.ts';

/** The newest deletions of a tenant, at most 50; with `id`, that one only. */
export async function listDeletions(db: Db, tenantId: string, id: number | null = null): Promise<Deletion[]> {
  const { rows } = await sql<Deletion>`
    select id, kind, reason, source, started_by as "startedBy", started_at as "startedDateTime", ended_at as "endedDateTime",
      incidents, alerts, letters,
      (select count(*) from deletion_alert x where x.deletion_id = deletion.id)
        + (select count(*) from deletion_item i join alert a on a.tenant_id = i.tenant_id and a.incident_id = i.incident_id
          where i.deletion_id = deletion.id) as "alertsWaiting",
      (select count(*) from deletion_item i where i.deletion_id = deletion.id) as "incidentsWaiting"
    from deletion where tenant_id = ${tenantId} and (${id}::bigint is null or id = ${id}) order by id desc limit 50`.execute(
    db,
  );
  return rows;
}

/** Why and when (ISO 8601) an incident was deleted; undefined when it was not. */
export async function deletedIncident(
  db: Db,
  tenantId: string,
  id: number,
): Promise<{ kind: Deletion['kind']; at: string } | undefined> {
  if (!Number.isInteger(id) || id <= 0 || id >= 2 ** 31) return undefined;
  const { rows } = await sql<{ kind: Deletion['kind']; at: string }>`
    select d.kind, i.deleted_at as at from deleted_incident i join deletion d on d.id = i.deletion_id
    where i.tenant_id = ${tenantId} and i.id = ${id}`.execute(db);
  return rows[0];
}

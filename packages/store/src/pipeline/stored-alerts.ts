import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { recordSet } from './record-set.ts';

/** What the database has under an alert's id. `lastUpdate` (as the source wrote it) is read only where content differs. */
export type StoredAlert = { id: string; hash: string; lastUpdate: string | null };

/** Finds stored alerts by id, for those asked that exist. */
export async function findStored(
  db: Db,
  tenantId: string,
  wanted: readonly { id: string; hash: string }[],
): Promise<Map<string, StoredAlert>> {
  const { rows } = await sql<StoredAlert>`
    select a.id, encode(a.content_hash, 'hex') as hash,
      case when encode(a.content_hash, 'hex') <> t.hash then a.doc ->> 'lastUpdateDateTime' end as "lastUpdate"
    from json_to_recordset(${recordSet(wanted)}::json) as t (id text, hash text)
    join alert a on a.tenant_id = ${tenantId} and a.id = t.id`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

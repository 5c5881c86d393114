import { assetKinds } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { entitiesLike } from './entity-match.ts';
import type { AssetHits } from './incident-conditions.ts';
import { refuseNul } from './query-error.ts';

/** Kinds of entity by which the search box finds an incident: assets, and addresses, which are often all one has. */
const searchedKinds: readonly string[] = [...assetKinds, 'ip'];

/**
 * The incidents that touch an asset whose name contains the search text, or of which a key begins with it. Asked ahead of
 * the list, because as constants they combine with the search by name into one index scan, however few or many they are.
 *
 * @throws QueryError when the text cannot be searched for.
 */
export async function searchAssets(db: Db, tenantId: string, q: string | undefined): Promise<AssetHits> {
  const text = q?.trim() ?? '';
  if (text === '') return [];
  refuseNul({ q: text });
  const { rows } = await sql<{ id: number }>`
    select distinct ie.incident_id as id from incident_entity ie
    where ie.tenant_id = ${tenantId} and ie.kind = any(${searchedKinds}::text[])
      and ie.entity_n in ${entitiesLike(tenantId, text)}`.execute(db);
  return rows.map(({ id }) => id);
}

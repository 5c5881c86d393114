import { assetKinds } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { entitiesLike } from './entity-match.ts';
import { type AssetHits, incidentsTouching } from './incident-conditions.ts';
import { refuseNul } from './query-error.ts';
import type { Viewer } from './viewer.ts';

/** Kinds of entity by which the search box finds an incident: assets, and addresses, which are often all one has. */
const searchedKinds: readonly string[] = [...assetKinds, 'ip'];

/**
 * The incidents that touch an asset whose name contains the search text, or of which a key begins with it. Asked ahead of
 * the list, because as constants they combine with the search by name into one index scan, however few or many they are.
 *
 * @throws QueryError when the text cannot be searched for.
 */
export async function searchAssets(db: Db, viewer: Viewer, q: string | undefined): Promise<AssetHits> {
  const text = q?.trim() ?? '';
  if (text === '') return [];
  refuseNul({ q: text });
  const { rows } = await sql<{ id: number }>`
    select distinct t.incident_id as id
    from ${incidentsTouching(viewer, entitiesLike(viewer.tenantId, text), searchedKinds)} t`.execute(db);
  return rows.map(({ id }) => id);
}

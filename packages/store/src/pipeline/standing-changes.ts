import type { Classification, Determination, IncidentStatus } from '@throughline/model';
import type { Kysely } from 'kysely';
import type { Database } from '../database.ts';
import type { Writer, WriterTransaction } from './writer.ts';

/** What people decided about an incident, as far as it binds correlation. */
export type StoredStanding = {
  id: number;
  status: IncidentStatus;
  assignedTo: string | null;
  classification: Classification;
  determination: Determination;
};

/** Takes the incidents about which people decided something since the last call; they count as read when `trx` commits. */
export async function takeStandingChanges(trx: WriterTransaction, tenantId: string): Promise<StoredStanding[]> {
  const changed = await trx
    .deleteFrom('standing_change')
    .where('tenant_id', '=', tenantId)
    .returning('incident_id')
    .execute();
  if (changed.length === 0) return [];
  const ids = [...new Set(changed.map((row) => row.incident_id))];
  return standings(trx, tenantId).where('id', 'in', ids).execute();
}

/** Every incident about which a person ever decided something, redirected ones left out. */
export function readStandings(writer: Writer, tenantId: string): Promise<StoredStanding[]> {
  return standings(writer, tenantId).where('standing_version', '>', 0).execute();
}

function standings(db: Kysely<Database>, tenantId: string) {
  return db
    .selectFrom('incident')
    .select(['id', 'status', 'assigned_to as assignedTo', 'classification', 'determination'])
    .where('tenant_id', '=', tenantId)
    .where('status', '!=', 'redirected')
    .orderBy('id');
}

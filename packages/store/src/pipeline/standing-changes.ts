import type { Classification, Determination, IncidentStatus } from '@throughline/model';
import type { Db } from '../database.ts';
import type { Writer, WriterTransaction } from './writer.ts';

/** What people decided about an incident, as far as it binds correlation. */
export type StoredStanding = {
  id: number;
  status: IncidentStatus;
  assignedTo: string | null;
  classification: Classification;
  determination: Determination;
};

/** Decisions of people that correlation has not read yet; `notes` is what {@link forgetStandingChanges} takes once it has. */
export async function readStandingChanges(
  db: Db,
  tenantId: string,
): Promise<{ notes: number[]; standings: StoredStanding[] }> {
  const noted = await db
    .selectFrom('standing_change')
    .select(['n', 'incident_id'])
    .where('tenant_id', '=', tenantId)
    .execute();
  if (noted.length === 0) return { notes: [], standings: [] };
  const ids = [...new Set(noted.map((row) => row.incident_id))];
  return { notes: noted.map(({ n }) => n), standings: await standings(db, tenantId).where('id', 'in', ids).execute() };
}

/** Correlation knows of these decisions, once `trx` commits. */
export async function forgetStandingChanges(trx: WriterTransaction, notes: readonly number[]): Promise<void> {
  if (notes.length > 0) await trx.deleteFrom('standing_change').where('n', 'in', notes).execute();
}

/** Every incident about which a person ever decided something, redirected ones left out. */
export function readStandings(writer: Writer, tenantId: string): Promise<StoredStanding[]> {
  return standings(writer, tenantId).where('standing_version', '>', 0).execute();
}

function standings(db: Db, tenantId: string) {
  return db
    .selectFrom('incident')
    .select(['id', 'status', 'assigned_to as assignedTo', 'classification', 'determination'])
    .where('tenant_id', '=', tenantId)
    .where('status', '!=', 'redirected')
    .orderBy('id');
}

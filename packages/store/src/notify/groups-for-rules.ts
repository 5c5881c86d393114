import { devicelessId } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import type { Viewer } from '../query/viewer.ts';

/** The device groups a viewer may make rules about, by rank, and "no device" where they see such alerts. */
export async function groupsForRules(db: Db, { tenantId, groups }: Viewer): Promise<{ id: number; name: string }[]> {
  const own = groups === null ? sql`true` : sql`id = any(${groups}::int[])`;
  const { rows } = await sql<{ id: number; name: string }>`
    select id, name from device_group where tenant_id = ${tenantId} and ${own} order by rank nulls last`.execute(db);
  const deviceless = groups === null || groups.includes(devicelessId);
  return deviceless ? [...rows, { id: devicelessId, name: 'Alerts that name no device' }] : rows;
}

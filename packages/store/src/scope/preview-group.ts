import { type DeviceFacts, type DeviceGroupPreview, type DeviceRule, ungroupedId } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { devicePages } from './group-devices.ts';
import { groupRules, type PlaceDevice } from './group-rules.ts';

const mostShown = 10;

/**
 * What a rule would match now: how many devices, how many of them a group of better rank than `groupId` keeps (without
 * one: any ranked group), and the first ten by name with the group they are in.
 */
export async function previewDeviceGroup(
  db: Db,
  tenantId: string,
  { rule, groupId }: { rule: DeviceRule; groupId?: number | undefined },
  place: PlaceDevice,
): Promise<DeviceGroupPreview> {
  const wanted = 1;
  const rules = await groupRules(db, tenantId);
  const rank = rules.find(({ id }) => id === groupId)?.rank ?? Number.POSITIVE_INFINITY;
  const better = rules.filter((group) => group.rank < rank);
  const matches = (facts: DeviceFacts) => place([{ id: wanted, rank: 1, rule }], facts) === wanted;
  const found: { n: number; name: string }[] = [];
  let matching = 0;
  let taken = 0;
  for await (const devices of devicePages(db, tenantId)) {
    for (const device of devices) {
      if (!matches(device)) continue;
      matching += 1;
      if (place(better, device) !== ungroupedId) taken += 1;
      found.push({ n: device.n, name: device.name });
    }
    found.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.n - b.n)).splice(mostShown);
  }
  const { rows } = await sql<DeviceGroupPreview['devices'][number]>`
    select e.id, e.name, g.name as group from unnest(${found.map(({ n }) => n)}::bigint[]) with ordinality f (n, place)
    join entity e on e.n = f.n join device_group g on g.tenant_id = e.tenant_id and g.id = e.device_group
    where e.tenant_id = ${tenantId} order by f.place`.execute(db);
  return { matching, taken, devices: rows };
}

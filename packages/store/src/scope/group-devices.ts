import type { DeviceFacts } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { recordSet } from '../pipeline/record-set.ts';
import { type GroupRule, groupRules, type PlaceDevice } from './group-rules.ts';

/** What an alert told of a device. */
export type DeviceSighting = DeviceFacts & { n: number };

/** The group of each device, and the devices that were in another before. */
export type Grouped = { of: Map<number, number>; moved: number[] };

type DeviceRow = DeviceFacts & { n: number; name: string; group: number | null };

/**
 * Stores what was told of devices, in order, and puts each into its group. Names gather; domains, tags and operating
 * systems are as last told. The alerts of `moved` devices are not up to date afterwards.
 */
export async function groupDevices(
  trx: Db,
  tenantId: string,
  sightings: readonly DeviceSighting[],
  place: PlaceDevice,
): Promise<Grouped> {
  if (sightings.length === 0) return { of: new Map(), moved: [] };
  const told = [...fold(sightings).values()];
  await sql`
    insert into device as d (entity_n, tenant_id, names, domains, tags, os_platforms)
    select n, ${tenantId}, names, domains, tags, "osPlatforms"
    from json_to_recordset(${recordSet(told)}::json)
      as t (n bigint, names text[], domains text[], tags text[], "osPlatforms" text[])
    on conflict (entity_n) do update set
      names = merge_words(d.names, excluded.names),
      domains = case when excluded.domains = '{}' then d.domains else excluded.domains end,
      tags = case when excluded.tags = '{}' then d.tags else excluded.tags end,
      os_platforms = case when excluded.os_platforms = '{}' then d.os_platforms else excluded.os_platforms end
    where not d.names @> excluded.names or (excluded.domains <> '{}' and d.domains <> excluded.domains)
      or (excluded.tags <> '{}' and d.tags <> excluded.tags)
      or (excluded.os_platforms <> '{}' and d.os_platforms <> excluded.os_platforms)`.execute(trx);
  return regroup(
    trx,
    await groupRules(trx, tenantId),
    await readDevices(
      trx,
      tenantId,
      told.map(({ n }) => n),
    ),
    place,
  );
}

/** Puts every device of the tenant into its group; returns those that were in another. */
export async function regroupAll(trx: Db, tenantId: string, place: PlaceDevice): Promise<number[]> {
  const rules = await groupRules(trx, tenantId);
  const moved: number[] = [];
  for await (const devices of devicePages(trx, tenantId)) {
    moved.push(...(await regroup(trx, rules, devices, place)).moved);
  }
  return moved;
}

/** Every device of the tenant that stands for itself, a page at a time. */
export async function* devicePages(db: Db, tenantId: string): AsyncGenerator<DeviceRow[], void, void> {
  for (let after = 0; ; ) {
    const { rows } = await sql<DeviceRow>`
      ${deviceColumns} where d.tenant_id = ${tenantId} and d.entity_n > ${after}::bigint
      order by d.entity_n limit 5000`.execute(db);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map(withName);
    after = last.n;
  }
}

/** What one identity knew, the other knows: after `from` turned out to be `into`. Returns whether `into` moved. */
export async function absorbDevice(
  trx: Db,
  tenantId: string,
  from: number,
  into: number,
  place: PlaceDevice,
): Promise<void> {
  const [absorbed] = await readDevices(trx, tenantId, [from]);
  if (absorbed === undefined) return;
  // What the survivor was told of itself stands; only its names gather.
  await sql`
    insert into device as d (entity_n, tenant_id, names, domains, tags, os_platforms)
    select ${into}, tenant_id, names, domains, tags, os_platforms from device where entity_n = ${from}
    on conflict (entity_n) do update set names = merge_words(d.names, excluded.names),
      domains = case when d.domains = '{}' then excluded.domains else d.domains end,
      tags = case when d.tags = '{}' then excluded.tags else d.tags end,
      os_platforms = case when d.os_platforms = '{}' then excluded.os_platforms else d.os_platforms end`.execute(trx);
  await sql`delete from device where entity_n = ${from}`.execute(trx);
  await regroup(trx, await groupRules(trx, tenantId), await readDevices(trx, tenantId, [into]), place);
  await sql`
    update entity e set device_group = s.device_group from entity s
    where s.n = ${into} and (e.n = ${from} or e.redirect_to = ${into})`.execute(trx);
}

const deviceColumns = sql`
  select d.entity_n as n, e.name, e.device_group as group, d.names, d.domains, d.tags, d.os_platforms as "osPlatforms"
  from device d join entity e on e.n = d.entity_n`;

async function readDevices(db: Db, tenantId: string, ns: readonly number[]): Promise<DeviceRow[]> {
  const { rows } = await sql<DeviceRow>`
    ${deviceColumns} where d.tenant_id = ${tenantId} and d.entity_n = any(${ns}::bigint[])`.execute(db);
  return rows.map(withName);
}

// The name under which people know a device counts, wherever it came from.
function withName(row: DeviceRow): DeviceRow {
  const name = row.name.toLowerCase();
  return row.names.includes(name) ? row : { ...row, names: [...row.names, name] };
}

async function regroup(
  trx: Db,
  rules: readonly GroupRule[],
  devices: readonly DeviceRow[],
  place: PlaceDevice,
): Promise<Grouped> {
  const of = new Map(devices.map((device) => [device.n, place(rules, device)]));
  const changed = devices.filter(({ n, group }) => of.get(n) !== group);
  if (changed.length > 0) {
    await sql`
      update entity e set device_group = t.g
      from json_to_recordset(${recordSet(changed.map(({ n }) => ({ n, g: of.get(n) })))}::json) as t (n bigint, g int)
      where e.n = t.n`.execute(trx);
  }
  return { of, moved: changed.filter(({ group }) => group !== null).map(({ n }) => n) };
}

function fold(sightings: readonly DeviceSighting[]): Map<number, DeviceSighting> {
  const told = new Map<number, DeviceSighting>();
  for (const { n, names, domains, tags, osPlatforms } of sightings) {
    const known = told.get(n);
    told.set(n, {
      n,
      names: [...new Set([...names, ...(known?.names ?? [])])].slice(0, 50),
      domains: domains.length > 0 ? domains : (known?.domains ?? []),
      tags: tags.length > 0 ? tags : (known?.tags ?? []),
      osPlatforms: osPlatforms.length > 0 ? osPlatforms : (known?.osPlatforms ?? []),
    });
  }
  return told;
}

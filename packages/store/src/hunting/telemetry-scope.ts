import type { SourceLimit } from '@throughline/model';
import { huntingTables } from '@throughline/model/hunting';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import type { Viewer } from '../query/viewer.ts';
import { groupRules, type PlaceDevice } from '../scope/group-rules.ts';
import { identifier, literalList, stringLiteral } from './sql-literal.ts';
import { deviceColumns } from './table-definition.ts';

/** What a viewer sees of telemetry. Made by {@link readTelemetryScope}; good for one query. */
export interface TelemetryScope {
  readonly tenantId: string;
  /** The devices whose rows are seen; null = all, with what names no device. */
  readonly devices: {
    readonly ids: readonly string[];
    readonly names: readonly string[];
    readonly deviceless: boolean;
  } | null;
  /** Sources by their service source, or by the ledger's name for telemetry; null = all. */
  readonly sources: SourceLimit | null;
}

/** The number of the group of what names no device. */
const devicelessGroup = -1;

/**
 * Works out what a viewer sees of telemetry: nothing is asked for one without a scope. A device is in the group it has as
 * an entity of alerts; one that no alert named yet is placed by its name, by `place` (access's `groupOf`).
 */
export async function readTelemetryScope(db: Db, viewer: Viewer, place: PlaceDevice): Promise<TelemetryScope> {
  const { tenantId, groups, sources } = viewer;
  if (groups === null) return { tenantId, sources, devices: null };
  const rules = await groupRules(db, tenantId);
  const { rows } = await sql<{ id: string; name: string; group: number | null }>`
    with known as (
      select distinct on (word) word, e.device_group
      from device d join entity e on e.n = d.entity_n cross join unnest(d.names) word
      where d.tenant_id = ${tenantId} and e.redirect_to is null
      order by word, e.last_seen desc
    )
    select t.device_id as id, t.device_name as name, k.device_group as group
    from telemetry_device t left join known k on k.word = lower(t.device_name)
    where t.tenant_id = ${tenantId} order by t.last_seen`.execute(db);
  // The newest name of a device counts.
  const ofIds = new Map<string, boolean>();
  const names = new Set<string>();
  for (const { id, name, group } of rows) {
    const seen = groups.includes(group ?? place(rules, factsOf(name)));
    if (id !== '') ofIds.set(id, seen);
    if (name !== '' && seen) names.add(name);
  }
  const ids = [...ofIds].filter(([, seen]) => seen).map(([id]) => id);
  return { tenantId, sources, devices: { ids, names: [...names], deviceless: groups.includes(devicelessGroup) } };
}

/**
 * The subquery from which every query of a hunting table reads: its columns and `_record`, and of its rows those that
 * the scope allows. All text in it is escaped.
 *
 * @throws RangeError when there is no such table.
 */
export function scopedTable(scope: TelemetryScope, table: string): string {
  const columns = huntingTables().get(table);
  if (columns === undefined) throw new RangeError(`There is no hunting table "${table}".`);
  const list = [...columns.map(({ name }) => identifier(name)), '_record'].join(', ');
  const conditions = [
    `_tenant = ${stringLiteral(scope.tenantId)}`,
    ...sourceCondition(scope),
    ...deviceCondition(scope, table),
  ];
  return `(SELECT ${list} FROM ${identifier(table)} WHERE ${conditions.join(' AND ')})`;
}

function sourceCondition({ sources }: TelemetryScope): string[] {
  if (sources === null) return [];
  return [`_source ${sources.mode === 'selected' ? 'IN' : 'NOT IN'} ${literalList(sources.sources)}`];
}

function deviceCondition(scope: TelemetryScope, table: string): string[] {
  const { devices } = scope;
  if (devices === null) return [];
  // The table of alerts names no devices; their evidence does.
  if (table === 'AlertInfo') return [`AlertId IN (SELECT AlertId FROM AlertEvidence WHERE ${alertsSeen(scope)})`];
  if (table === 'AlertEvidence') return [alertsSeen(scope)];
  return [rowSeen(deviceColumns(table), devices)];
}

/** An alert is seen when a device it names is, or when it names none and the viewer sees such; then with all evidence. */
function alertsSeen({ tenantId, devices }: TelemetryScope): string {
  if (devices === null) return '1';
  const own = `_tenant = ${stringLiteral(tenantId)}`;
  const named = "(DeviceId != '' OR DeviceName != '')";
  const seen = `AlertId IN (SELECT AlertId FROM AlertEvidence WHERE ${own} AND ${named} AND ${rowSeen(['DeviceId', 'DeviceName'], devices)})`;
  if (!devices.deviceless) return `(${own} AND ${seen})`;
  return `(${own} AND (${seen} OR AlertId NOT IN (SELECT AlertId FROM AlertEvidence WHERE ${own} AND ${named})))`;
}

/** The most exact name a row gives of its device decides. */
function rowSeen(
  columns: readonly string[],
  { ids, names, deviceless }: NonNullable<TelemetryScope['devices']>,
): string {
  let condition = deviceless ? '1' : '0';
  for (const column of [...columns].reverse()) {
    condition = `if(${column} != '', ${column} IN ${literalList(column === 'DeviceId' ? ids : names)}, ${condition})`;
  }
  return condition;
}

function factsOf(name: string) {
  const lower = name.toLowerCase();
  const [host = lower] = lower.split('.');
  const domain = lower.slice(host.length + 1);
  return { names: [...new Set([lower, host])], domains: domain === '' ? [] : [domain], tags: [], osPlatforms: [] };
}

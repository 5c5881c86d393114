import { type HuntingColumn, huntingTables } from '@throughline/model/hunting';
import { identifier } from './sql-literal.ts';

/** The table of raw records; rows of hunting tables refer to it by `_record`. */
export const rawTable = '_raw';

/** Columns that every hunting table has beside those of its schema; hidden from queries but for `_record`. */
export const ownColumns: ReadonlyMap<string, string> = new Map([
  ['_tenant', 'LowCardinality(String)'],
  ['_source', 'LowCardinality(String)'],
  ['_record', 'String'],
  ['_ingested', "DateTime64(3, 'UTC')"],
  ['_batch', 'UInt64'],
]);

const types: Record<HuntingColumn['type'], string> = {
  string: 'String',
  guid: 'String',
  dynamic: 'String',
  bool: 'Nullable(Bool)',
  int: 'Nullable(Int32)',
  long: 'Nullable(Int64)',
  real: 'Nullable(Float64)',
  datetime: "Nullable(DateTime64(7, 'UTC'))",
};

/** Endings of the names of columns that hold one of a few values. */
const fewValues =
  /(?:Type|Category|Level|Severity|Action|ActionType|Status|Platform|Protocol|Provider|Source|Channel|State|Architecture|Domain|Elevation|Direction|Workload|Region|Facility|Computer|DeviceName|CompanyName|ProductName|ParentFileName|ProcessFileName|DeviceVendor|DeviceProduct|TenantId|SourceSystem)$/;

/** The ClickHouse type of a column. Text is never null: what is missing is empty. */
export function clickHouseType({ name, type }: HuntingColumn): string {
  if (name === 'Timestamp' || name === 'TimeGenerated') return "DateTime64(7, 'UTC')";
  if (type === 'string' && fewValues.test(name)) return 'LowCardinality(String)';
  return types[type];
}

/** The columns of a hunting table that name the device of a row, the most exact first. */
export function deviceColumns(table: string): string[] {
  const names = new Set((huntingTables().get(table) ?? []).map(({ name }) => name));
  return ['DeviceId', 'DeviceName', 'Computer'].filter((name) => names.has(name));
}

/** Every column with its type: of a hunting table, or of the table of raw records. */
export function columnsOfTable(table: string): Map<string, string> {
  if (table === rawTable) {
    return new Map([
      ...ownColumns,
      ['time', "DateTime64(3, 'UTC')"],
      ['format', 'LowCardinality(String)'],
      ['text', 'String CODEC(ZSTD(3))'],
    ]);
  }
  const columns = huntingTables().get(table);
  if (columns === undefined) throw new RangeError(`There is no hunting table "${table}".`);
  return new Map([...columns.map((column) => [column.name, clickHouseType(column)] as const), ...ownColumns]);
}

/**
 * The statement that creates a table. A partition is what came in for one tenant on one day (UTC), so that retention
 * drops whole partitions and a batch, whatever times it claims, lands in one. Rows lie by time, then device, as hunts
 * read them; raw records by key, which begins with the time. A part is on disk before its insert is acknowledged, and
 * a repeated insert is known by its token.
 */
export function createStatement(table: string): string {
  const columns = [...columnsOfTable(table)].map(([name, type]) => `${identifier(name)} ${type}`);
  const device = table === rawTable ? undefined : deviceColumns(table)[0];
  const order =
    table === rawTable
      ? ['_record']
      : ['toStartOfHour(Timestamp)', ...(device === undefined ? [] : [identifier(device)]), 'Timestamp'];
  const settings = [
    'non_replicated_deduplication_window = 10000',
    'fsync_after_insert = 1',
    'fsync_part_directory = 1',
    ...(table === rawTable ? ['index_granularity = 1024'] : []),
  ];
  return `CREATE TABLE IF NOT EXISTS ${identifier(table)} (${columns.join(', ')},
    INDEX _batch_of _batch TYPE minmax GRANULARITY 1)
    ENGINE = MergeTree PARTITION BY (_tenant, toYYYYMMDD(_ingested)) ORDER BY (${order.join(', ')})
    SETTINGS ${settings.join(', ')}`;
}

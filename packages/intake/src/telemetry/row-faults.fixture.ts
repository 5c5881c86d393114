import { type ColumnType, type HuntingRow, huntingTables } from '@throughline/model/hunting';

const tables = new Map(
  [...huntingTables()].map(([name, columns]) => [name, new Map(columns.map((column) => [column.name, column.type]))]),
);

const fits: Readonly<Record<ColumnType, (value: unknown) => boolean>> = {
  bool: (value) => typeof value === 'boolean',
  datetime: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?Z$/.test(value),
  dynamic: (value) => value !== null && value !== undefined,
  guid: (value) => typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value),
  int: (value) => Number.isInteger(value) && Math.abs(value as number) < 2 ** 31,
  long: (value) => Number.isSafeInteger(value) || (typeof value === 'string' && /^-?\d{1,20}$/.test(value)),
  real: (value) => Number.isFinite(value),
  string: (value) => typeof value === 'string' && value !== '',
};

/** What is wrong with a row by the schema: an unknown table or column, or a value of another type. */
export function rowFaults(row: HuntingRow): string[] {
  const columns = tables.get(row.table);
  if (columns === undefined) return [`no table ${row.table}`];
  const faults: string[] = [];
  for (const [name, value] of Object.entries(row.values)) {
    const type = columns.get(name);
    if (type === undefined) faults.push(`${row.table} has no column ${name}`);
    else if (!fits[type](value))
      faults.push(`${row.table}.${name} is ${type}, not ${JSON.stringify(value)?.slice(0, 80)}`);
  }
  return faults;
}

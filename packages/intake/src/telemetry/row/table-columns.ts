import { type ColumnType, huntingTables } from '@throughline/model/hunting';
import { nestedJson } from '../../field/nested-json.ts';
import { flag, int, whole } from './value.ts';

const found = new Map<string, ReadonlyMap<string, ColumnType>>();

/** Types of a hunting table's columns by name; `undefined` when there is no such table. */
export function tableColumns(table: string): ReadonlyMap<string, ColumnType> | undefined {
  const known = found.get(table);
  if (known !== undefined) return known;
  const columns = huntingTables().get(table);
  if (columns === undefined) return undefined;
  const types = new Map(columns.map((column) => [column.name, column.type]));
  found.set(table, types);
  return types;
}

const date = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?\d*(?:Z|\+00:?00)?$/;

/**
 * A value from outside as a column of `type` holds it; `undefined` when it does not fit. Objects become text in text
 * columns, and JSON text a value in dynamic columns.
 */
export function columnValue(type: ColumnType, value: unknown): unknown {
  if (value === null || value === undefined || value === '') return undefined;
  switch (type) {
    case 'string':
      return typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value);
    case 'guid':
      return typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)
        ? value
        : undefined;
    case 'int':
      return int(typeof value === 'boolean' ? Number(value) : value);
    case 'long':
      return whole(value);
    case 'bool':
      return flag(value);
    case 'real': {
      const real = typeof value === 'number' ? value : Number.parseFloat(String(value));
      return Number.isFinite(real) ? real : undefined;
    }
    case 'datetime':
      return dateValue(value);
    default:
      return nestedJson(value) ?? value;
  }
}

function dateValue(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const match = date.exec(value);
  if (match) {
    const fraction = (match[3] ?? '').slice(0, 7);
    return `${match[1]}T${match[2]}${fraction === '' ? '' : `.${fraction}`}Z`;
  }
  const ms = value.length < 64 ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) || ms < 0 || ms > 253_402_300_799_999 ? undefined : new Date(ms).toISOString();
}

/** Columns that say whose a row is and where it stands: the store's to fill, never a record's. */
const reserved = new Set(['tenantid', 'type']);

const lowered = new Map<string, ReadonlyMap<string, string>>();

/**
 * The fields of `record` that are columns of `table`, names compared without regard to case. A name that is a column as it
 * stands wins over one that differs in case.
 */
export function columnsByName(table: string, record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const types = tableColumns(table);
  if (types === undefined) return {};
  let names = lowered.get(table);
  if (names === undefined) {
    names = new Map([...types.keys()].map((name) => [name.toLowerCase(), name]));
    lowered.set(table, names);
  }
  const values: Record<string, unknown> = {};
  for (const name in record) {
    if (reserved.has(name.toLowerCase())) continue;
    const column = types.has(name) ? name : names.get(name.toLowerCase());
    const type = column === undefined ? undefined : types.get(column);
    if (column === undefined || type === undefined) continue;
    const value = columnValue(type, record[name]);
    if (value !== undefined && (name === column || values[column] === undefined)) values[column] = value;
  }
  return values;
}

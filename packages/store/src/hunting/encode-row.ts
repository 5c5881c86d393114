import { type ColumnType, type HuntingRow, huntingTables } from '@throughline/model/hunting';
import { encodeInstant, encodeText, encodeValue } from './encode-value.ts';

/** What a row is told beside its values. Instants: `time` ms UTC of the event, `ingested` ISO 8601. */
export type RowOrigin = {
  tenantId: string;
  source: string;
  record: string;
  time: number;
  ingested: string;
  batch: number;
};

const columnTypes = new Map<string, ReadonlyMap<string, ColumnType>>();

/**
 * One line of JSONEachRow, without its line feed; columns without a value are left out. `Timestamp` and `TimeGenerated`
 * stand in for each other, and the time of the event for both. Null when there is no such table.
 */
export function encodeRow({ table, values }: HuntingRow, origin: RowOrigin): string | null {
  const types = typesOf(table);
  if (types === undefined) return null;
  const time = encodeInstant(origin.time) ?? '1970-01-01 00:00:00';
  const stamp = encodeInstant(values.Timestamp) ?? encodeInstant(values.TimeGenerated) ?? time;
  const generated = encodeInstant(values.TimeGenerated) ?? stamp;
  let line = `${ownPart(origin)},"Timestamp":"${stamp}","TimeGenerated":"${generated}","Type":"${table}"`;
  if (values.TenantId === undefined) line += `,"TenantId":${encodeText(origin.tenantId)}`;
  if (values.SourceSystem === undefined) line += `,"SourceSystem":${encodeText(origin.source)}`;
  for (const name in values) {
    const type = types.get(name);
    if (type === undefined || name === 'Timestamp' || name === 'TimeGenerated' || name === 'Type') continue;
    const value = encodeValue(values[name], type);
    if (value !== undefined) line += `,"${name}":${value}`;
  }
  return `${line}}`;
}

/** One line for the table of raw records. */
export function encodeRaw(text: string, format: string, origin: RowOrigin): string {
  const time = encodeInstant(origin.time) ?? '1970-01-01 00:00:00';
  return `${ownPart(origin)},"time":"${time}","format":${encodeText(format)},"text":${encodeText(text)}}`;
}

let lastTenant: { id: string; text: string } = { id: '', text: '""' };

function ownPart({ tenantId, source, record, ingested, batch }: RowOrigin): string {
  if (lastTenant.id !== tenantId) lastTenant = { id: tenantId, text: encodeText(tenantId) };
  const at = encodeInstant(ingested) ?? '1970-01-01 00:00:00';
  return `{"_tenant":${lastTenant.text},"_source":${encodeText(source)},"_record":${encodeText(record)},"_ingested":"${at}","_batch":${batch}`;
}

function typesOf(table: string): ReadonlyMap<string, ColumnType> | undefined {
  let types = columnTypes.get(table);
  if (types === undefined) {
    const columns = huntingTables().get(table);
    if (columns === undefined) return undefined;
    types = new Map(columns.map(({ name, type }) => [name, type]));
    columnTypes.set(table, types);
  }
  return types;
}

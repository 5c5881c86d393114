/** A published case: a query that brings its own data, and what it gives. */
export interface OracleCase {
  readonly id: string;
  readonly query: string;
  readonly columns: readonly string[];
  readonly types: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly ordered: boolean;
  readonly orderBy?: string;
  readonly match: 'name' | 'name-any-order' | 'position' | 'listed-columns';
  readonly cautions: readonly string[];
  readonly functions: readonly string[];
  readonly operators: readonly string[];
  readonly band: string;
}

/** An answer to compare: columns and rows in KQL's JSON forms. */
export interface OracleAnswer {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly unknown[])[];
}

/** Why an answer is not the published one; undefined when it is. */
export function mismatch(expected: OracleCase, answer: OracleAnswer): string | undefined {
  const places = placesOf(expected, answer);
  if (typeof places === 'string') return places;
  const rows = answer.rows.map((row) => places.map((at) => row[at]));
  if (rows.length !== expected.rows.length) return `${rows.length} rows instead of ${expected.rows.length}`;
  if (expected.cautions.some((caution) => /^(take|ties|innerunique)\b/.test(caution))) return undefined;
  const listOrder = expected.cautions.some((caution) => caution.startsWith('list-order'));
  const same = (row: readonly unknown[], wanted: readonly string[]) =>
    wanted.every((cell, at) => sameCell(row[at], cell, expected.types[at] ?? 'unknown', listOrder));
  const left = [...rows];
  for (const wanted of expected.rows) {
    const at = left.findIndex((row) => same(row, wanted));
    if (at < 0) return `no row ${JSON.stringify(wanted).slice(0, 300)}; got ${json(left[0] ?? rows[0]).slice(0, 300)}`;
    left.splice(at, 1);
  }
  if (!expected.ordered || expected.orderBy === undefined) return undefined;
  const keys = [...expected.orderBy.matchAll(/(?:by|,)\s*([A-Za-z_]\w*)/g)].map(([, key]) => key);
  const keyPlaces = keys.map((key) => expected.columns.indexOf(String(key))).filter((at) => at >= 0);
  for (const [at, wanted] of expected.rows.entries()) {
    const differs = keyPlaces.some(
      (place) => !sameCell(rows[at]?.[place], wanted[place] ?? '', expected.types[place] ?? 'unknown', listOrder),
    );
    if (differs) return `row ${at} is out of order: ${json(rows[at]).slice(0, 200)}`;
  }
  return undefined;
}

function json(value: unknown): string {
  return JSON.stringify(value) ?? 'undefined';
}

function placesOf(expected: OracleCase, { columns }: OracleAnswer): number[] | string {
  if (expected.match === 'position') {
    return columns.length < expected.columns.length
      ? `columns ${columns.map(({ name }) => name)}`
      : expected.columns.map((_, at) => at);
  }
  const places = expected.columns.map((name) => columns.findIndex((column) => column.name === name));
  const missing = expected.columns.filter((_, at) => (places[at] ?? -1) < 0);
  return missing.length > 0
    ? `no column ${missing.join(', ')} among ${columns.map(({ name }) => name).join(', ')}`
    : places;
}

function sameCell(value: unknown, cell: string, type: string, listOrder: boolean): boolean {
  const isNull = value === null || value === undefined || value === '';
  if (cell.trim() === '') return isNull || (type === 'dynamic' && value === 'null');
  if (isNull) return type !== 'string' && cell.trim() === 'null';
  switch (type) {
    case 'bool':
      return truth(value) === truth(cell);
    case 'int':
    case 'long':
      return whole(String(value)) === whole(cell) || sameNumber(Number(value), cell);
    case 'real':
    case 'decimal':
      return sameNumber(Number(value), cell);
    case 'datetime':
      return ticks(String(value)) === ticks(cell);
    case 'timespan':
      return span(String(value)) === span(cell);
    case 'guid':
      return String(value).toLowerCase() === cell.trim().toLowerCase();
    case 'dynamic':
      return sameDynamic(value, cell, listOrder);
    case 'string':
      return squeeze(String(value)) === squeeze(cell);
    default:
      return unknownSame(value, cell, listOrder);
  }
}

function unknownSame(value: unknown, cell: string, listOrder: boolean): boolean {
  if (typeof value === 'number' || (typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value)))) {
    if (sameNumber(Number(value), cell)) return true;
  }
  const moment = ticks(String(value));
  if (moment !== undefined && moment === ticks(cell)) return true;
  return (
    sameDynamic(value, cell, listOrder) || squeeze(String(value)) === squeeze(cell) || truth(value) === truth(cell)
  );
}

function truth(value: unknown): boolean | undefined {
  const text = String(value).trim().toLowerCase();
  return ['true', '1'].includes(text) ? true : ['false', '0'].includes(text) ? false : undefined;
}

function whole(text: string): string {
  const plain = text.trim().replace(/\.0+$/, '');
  try {
    return String(BigInt(plain));
  } catch {
    return plain;
  }
}

function sameNumber(value: number, cell: string): boolean {
  const text = cell
    .trim()
    .replace('∞', 'Infinity')
    .replace(/^(-?)inf$/i, '$1Infinity');
  const wanted = Number(text);
  if (Number.isNaN(value) || Number.isNaN(wanted)) return Number.isNaN(value) && /^nan$/i.test(text);
  if (value === wanted || Math.abs(value - wanted) <= Math.max(1e-9, 1e-6 * Math.abs(wanted))) return true;
  const digits = text
    .replace(/e.*$/i, '')
    .replace(/[^0-9]/g, '')
    .replace(/^0+/, '').length;
  if (digits >= 10 || digits === 0) return false;
  return (
    Number(value.toPrecision(digits)) === wanted || Number(value.toFixed(text.split('.')[1]?.length ?? 0)) === wanted
  );
}

function ticks(text: string): bigint | undefined {
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:\s+(\d{1,2}):(\d{2}):(\d{2})\s*(AM|PM)?)?$/i.exec(text.trim());
  if (american !== null) {
    const [, month = '', day = '', year = '', hour = '0', minute = '0', second = '0', half] = american;
    const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
    return (
      BigInt(Date.UTC(Number(year), Number(month) - 1, Number(day), hours, Number(minute), Number(second))) * 10_000n
    );
  }
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,7}))?)?)?Z?$/.exec(text.trim());
  if (iso === null) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = ''] = iso;
  const moment = new Date(0);
  moment.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  moment.setUTCHours(Number(hour), Number(minute), Number(second), 0);
  return BigInt(moment.getTime()) * 10_000n + BigInt(fraction.padEnd(7, '0') || '0');
}

function span(text: string): string {
  const parts = /^(-?)(?:(\d+)\.)?(\d+):(\d+):(\d+)(?:\.(\d+))?$/.exec(text.trim());
  if (parts === null) return text.trim();
  const [, sign, days = '0', hours, minutes, seconds, fraction = ''] = parts;
  const total = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
  return `${sign}${total}.${fraction.padEnd(7, '0')}`;
}

function squeeze(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

function sameDynamic(value: unknown, cell: string, listOrder: boolean): boolean {
  const text = cell.trim();
  if (/^[[{"]/.test(text)) {
    try {
      return deepEqual(
        typeof value === 'string' && /^[[{"]/.test(value.trim()) ? parsed(value) : value,
        JSON.parse(text),
        listOrder,
      );
    } catch {
      return squeeze(typeof value === 'string' ? value : json(value)) === squeeze(text);
    }
  }
  if (typeof value === 'number') return sameNumber(value, text);
  if (typeof value === 'boolean') return truth(value) === truth(text);
  const moment = ticks(text);
  if (moment !== undefined && ticks(String(value)) === moment) return true;
  return squeeze(String(value)) === squeeze(text);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function deepEqual(one: unknown, other: unknown, listOrder: boolean): boolean {
  if (typeof one === 'number' || typeof other === 'number') {
    return typeof one !== 'object' && typeof other !== 'object' && sameNumber(Number(one), String(other));
  }
  if (Array.isArray(one) && Array.isArray(other)) {
    if (one.length !== other.length) return false;
    if (!listOrder) return one.every((item, at) => deepEqual(item, other[at], listOrder));
    const left = [...other];
    return one.every((item) => {
      const at = left.findIndex((candidate) => deepEqual(item, candidate, listOrder));
      if (at >= 0) left.splice(at, 1);
      return at >= 0;
    });
  }
  if (one !== null && other !== null && typeof one === 'object' && typeof other === 'object') {
    if (Array.isArray(one) || Array.isArray(other)) return false;
    const [a, b] = [one as Record<string, unknown>, other as Record<string, unknown>];
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length && keys.every((key) => key in b && deepEqual(a[key], b[key], listOrder))
    );
  }
  if (typeof one === 'string' && typeof other === 'string') {
    const moment = ticks(one);
    return one === other || squeeze(one) === squeeze(other) || (moment !== undefined && moment === ticks(other));
  }
  return one === other;
}

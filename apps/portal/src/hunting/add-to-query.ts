import type { HuntColumn } from '@throughline/model';

/** What a value of a result can add to the query. */
export type Refinement = 'include' | 'exclude' | 'contains' | 'after' | 'before' | 'extend';

/**
 * The query with a line for a value of its result. It goes before a closing `render`, `count` or `take`, which would not
 * understand it.
 */
export function addToQuery(query: string, column: HuntColumn, value: unknown, how: Refinement): string {
  const line = `| ${refinement(column, value, how)}`;
  const lines = query.trimEnd().split('\n');
  const last = lines.at(-1) ?? '';
  if (/^\s*\|\s*(render|count|take|limit|top)\b/.test(last)) return [...lines.slice(0, -1), line, last].join('\n');
  return [...lines, line].join('\n');
}

function refinement(column: HuntColumn, value: unknown, how: Refinement): string {
  const name = columnText(column.name);
  if (how === 'extend') return `extend ${name.replace(/\W+/g, '')}_value = parse_json(tostring(${name}))`;
  const literal = literalOf(column.type, value);
  switch (how) {
    case 'include':
      return value === null ? `where isnull(${name})` : `where ${comparable(column, name)} == ${literal}`;
    case 'exclude':
      return value === null ? `where isnotnull(${name})` : `where ${comparable(column, name)} != ${literal}`;
    case 'contains':
      return `where ${comparable(column, name)} contains ${literalOf('string', value)}`;
    case 'after':
      return `where ${name} >= ${literal}`;
    case 'before':
      return `where ${name} <= ${literal}`;
  }
}

// A bag or array is compared by its text.
function comparable(column: HuntColumn, name: string): string {
  return column.type === 'dynamic' ? `tostring(${name})` : name;
}

function columnText(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `['${name.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}']`;
}

function literalOf(type: HuntColumn['type'], value: unknown): string {
  switch (type) {
    case 'datetime':
      return `datetime(${String(value)})`;
    case 'timespan':
      return `timespan(${String(value)})`;
    case 'bool':
    case 'int':
    case 'real':
      return String(value);
    case 'long':
    case 'decimal':
      return `${type}(${String(value)})`;
    case 'guid':
      return `guid(${String(value)})`;
    default: {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}"`;
    }
  }
}

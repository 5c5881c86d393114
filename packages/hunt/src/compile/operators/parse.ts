import type { QueryOf } from '../../tree/query.ts';
import { convert } from '../convert.ts';
import { compileExpression } from '../expression.ts';
import { quoteMeta } from '../operations/text.ts';
import { checkedText } from '../pattern.ts';
import { hiddenColumns, passed, type Relation, sourceOf } from '../relation.ts';
import type { Compilation } from '../scope.ts';
import { atBorder, freshName, identifier, once, quote, type Sql, typed } from '../sql.ts';

/** `parse`, `parse-where`: one regular expression for the whole pattern, a group for each column. */
export function compileParse(query: QueryOf<'parse'>, compilation: Compilation): Relation {
  const input = compilation.query(query.input);
  const source = sourceOf(compilation, input);
  const text = convert(compileExpression(query.source, source.scope), 'string').sql;
  const { pattern, groups } = patternOf(query);
  const parsed = freshName('_p');
  const inner = `SELECT ${source.alias}.*, extractGroups(${text}, ${quote(pattern)}) AS ${parsed} FROM ${source.from}`;
  const outer = sourceOf(compilation, { ...input, sql: inner });
  const values = new Map<string, Sql>();
  for (const { name, type, group } of groups) {
    values.set(name, convert(typed('string', `${outer.alias}.${parsed}[${group}]`), type));
  }
  // In simple mode one column that does not convert makes the row no match.
  const strict = query.style !== 'relaxed' && query.style !== 'regex';
  const failed = groups
    .filter(({ type }) => type !== 'string' && type !== 'dynamic')
    .map(({ name }) => `isNull(${values.get(name)?.sql ?? 'NULL'})`);
  const matches = [
    `notEmpty(${outer.alias}.${parsed})`,
    ...(strict && failed.length > 0 ? [`NOT (${failed.join(' OR ')})`] : []),
  ].join(' AND ');
  const columns = query.columns.map((column) => ({
    name: column.name,
    type: values.get(column.name)?.type ?? column.type,
  }));
  const list = columns.map(({ name, type }) => {
    const value = values.get(name);
    if (value === undefined) return passed(outer.alias, name);
    const empty = type === 'string' || type === 'dynamic' || type === 'guid' ? "''" : 'NULL';
    return `${strict && failed.length > 0 ? atBorder({ ...value, sql: `if(${matches}, ${value.sql}, ${empty})`, exact: false }) : atBorder(value)} AS ${identifier(name)}`;
  });
  const hidden = hiddenColumns(input)
    .filter((name) => !columns.some((column) => column.name === name))
    .map((name) => `, ${passed(outer.alias, name)}`)
    .join('');
  const where = query.filters ? ` WHERE ${matches}` : '';
  return { ...input, sql: `SELECT ${list.join(', ')}${hidden} FROM ${outer.from}${where}`, columns };
}

const SHAPES: Readonly<Record<string, string>> = {
  long: '[-+]?\\d+',
  int: '[-+]?\\d+',
  real: '[-+]?\\d+(?:\\.\\d*)?(?:[eE][-+]?\\d+)?',
  decimal: '[-+]?\\d+(?:\\.\\d*)?',
};

function patternOf(query: QueryOf<'parse'>): {
  pattern: string;
  groups: { name: string; type: Sql['type']; group: number }[];
} {
  const groups: { name: string; type: Sql['type']; group: number }[] = [];
  const flags = `(?s${query.flags.includes('i') ? 'i' : ''}${query.flags.includes('U') ? 'U' : ''})`;
  let pattern = '^';
  let group = 0;
  for (const [at, part] of query.parts.entries()) {
    const isLast = at === query.parts.length - 1;
    if (part.kind === 'star') pattern += isLast ? '.*' : '.*?';
    else if (part.kind === 'text') {
      if (query.style !== 'regex') pattern += quoteMeta(part.text);
      else {
        const inner = checkedText(part.text, query.at);
        pattern += `(?:${inner})`;
        group += (inner.replace(/\\./g, '').match(/\((?!\?)|\(\?P?</g) ?? []).length;
      }
    } else {
      group += 1;
      groups.push({ name: part.name, type: part.type, group });
      const lazy = query.style === 'regex' && query.flags.includes('U') ? '.*' : isLast ? '.*' : '.*?';
      const shape = query.style === 'simple' ? SHAPES[part.type] : undefined;
      pattern += shape !== undefined && isLast ? `\\s*(${shape})` : `(${lazy})`;
    }
  }
  return { pattern: `${flags}${pattern}$`, groups };
}

/** `parse-kv`: each key is looked for with its delimiters, or all pairs by a pattern with the groups key and value. */
export function compileParseKv(query: QueryOf<'parse-kv'>, compilation: Compilation): Relation {
  const input = compilation.query(query.input);
  const source = sourceOf(compilation, input);
  const text = convert(compileExpression(query.source, source.scope), 'string').sql;
  const pattern = query.options.regex;
  const values = new Map(
    query.keys.map(({ name, type }) => {
      const found =
        typeof pattern === 'string'
          ? matched(text, checkedText(pattern, query.at), name)
          : delimited(text, name, query.options);
      return [name, convert(typed('string', found), type)];
    }),
  );
  const columns = query.columns.map((column) => ({
    name: column.name,
    type: values.get(column.name)?.type ?? column.type,
  }));
  const list = columns.map(({ name }) => {
    const value = values.get(name);
    return value === undefined ? passed(source.alias, name) : `${atBorder(value)} AS ${identifier(name)}`;
  });
  const hidden = hiddenColumns(input)
    .map((name) => `, ${passed(source.alias, name)}`)
    .join('');
  return { ...input, sql: `SELECT ${list.join(', ')}${hidden} FROM ${source.from}`, columns };
}

function delimited(text: string, key: string, options: QueryOf<'parse-kv'>['options']): string {
  const option = (name: string) =>
    typeof options[name] === 'string' && options[name] !== '' ? quoteMeta(String(options[name])) : undefined;
  const [pair, between, escaping] = [option('pair_delimiter'), option('kv_delimiter'), option('escape')];
  const quotes = typeof options.quote === 'string' ? options.quote : '';
  const [open, close] = [quoteMeta(quotes[0] ?? ''), quoteMeta(quotes[1] ?? quotes[0] ?? '')];
  const quoted =
    open === ''
      ? ''
      : `${open}((?:${escaping === undefined ? '' : `${escaping}.|`}[^${close}${escaping ?? ''}])*)${close}|`;
  // Without delimiters, whatever is neither letter, digit nor quote parts keys from values.
  const before = pair === undefined ? '(?:^|[^\\w])' : `(?:^|${pair})\\s*`;
  const middle = between === undefined ? '[^\\w"\']+' : `\\s*${between}\\s*`;
  const value = pair === undefined ? '([\\w]+)' : '(.*?)';
  const next =
    options.greedy === true && pair !== undefined && between !== undefined
      ? `(?:$|${pair}[^\\s]+?${between})`
      : pair === undefined
        ? ''
        : `(?:$|${pair})`;
  const name = open === '' ? quoteMeta(key) : `(?:${open}${quoteMeta(key)}${close}|${quoteMeta(key)})`;
  const regex = `(?s)${before}${name}${middle}(?:${quoted}${value}${next})`;
  return once(`extractGroups(${text}, ${quote(regex)})`, (first, again) => {
    if (quoted === '') return `${first}[1]`;
    const inner =
      escaping === undefined ? `${first}[1]` : `replaceRegexpAll(${first}[1], ${quote(`${escaping}(.)`)}, '\\\\1')`;
    return `if(notEmpty(${again}[1]), ${inner.replace(first, again)}, ${again}[2])`.replace(again, first);
  });
}

function matched(text: string, pattern: string, key: string): string {
  const pairs = `extractAllGroupsVertical(${text}, ${quote(pattern)})`;
  return once(pairs, (first, again) => `${first}[indexOf(arrayMap(_m -> _m[1], ${again}), ${quote(key)})][2]`);
}

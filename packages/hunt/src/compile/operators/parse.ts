import type { QueryOf } from '../../tree/query.ts';
import { convert } from '../convert.ts';
import { compileExpression } from '../expression.ts';
import { quoteMeta } from '../operations/text.ts';
import { checkedText } from '../pattern.ts';
import { hiddenColumns, passed, type Relation, sourceOf } from '../relation.ts';
import type { Compilation } from '../scope.ts';
import { atBorder, freshName, identifier, quote, type Sql, typed } from '../sql.ts';

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
  const matches = [`notEmpty(${outer.alias}.${parsed})`, ...(strict && failed.length > 0 ? [`NOT (${failed.join(' OR ')})`] : [])].join(' AND ');
  const columns = query.columns.map((column) => ({ name: column.name, type: values.get(column.name)?.type ?? column.type }));
  const list = columns.map(({ name, type }) => {
    const value = values.get(name);
    if (value === undefined) return passed(outer.alias, name);
    const empty = type === 'string' || type === 'dynamic' || type === 'guid' ? "''" : 'NULL';
    return `${strict && failed.length > 0 ? atBorder({ ...value, sql: `if(${matches}, ${value.sql}, ${empty})`, exact: false }) : atBorder(value)} AS ${identifier(name)}`;
  });
  const hidden = hiddenColumns(input).filter((name) => !columns.some((column) => column.name === name)).map((name) => `, ${passed(outer.alias, name)}`).join('');
  const where = query.filters ? ` WHERE ${matches}` : '';
  return { ...input, sql: `SELECT ${list.join(', ')}${hidden} FROM ${outer.from}${where}`, columns };
}

const SHAPES: Readonly<Record<string, string>> = {
  long: '[-+]?\\d+',
  int: '[-+]?\\d+',
  real: '[-+]?\\d+(?:\\.\\d*)?(?:[eE][-+]?\\d+)?',
  decimal: '[-+]?\\d+(?:\\.\\d*)?',
};

function patternOf(query: QueryOf<'parse'>): { pattern: string; groups: { name: string; type: Sql['type']; group: number }[] } {
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

/** `parse-kv`: pairs by their delimiters, or by a pattern with the groups key and value. */
export function compileParseKv(query: QueryOf<'parse-kv'>, compilation: Compilation): Relation {
  const input = compilation.query(query.input);
  const source = sourceOf(compilation, input);
  const text = convert(compileExpression(query.source, source.scope), 'string').sql;
  const option = (name: string) => (typeof query.options[name] === 'string' ? String(query.options[name]) : undefined);
  const pairs = freshName('_p');
  const found = option('regex') === undefined ? delimited(text, option('pair_delimiter') ?? ' ', option('kv_delimiter') ?? '=', option('quote'), option('escape')) : matched(text, option('regex') ?? '', query.at);
  const inner = `SELECT ${source.alias}.*, ${found} AS ${pairs} FROM ${source.from}`;
  const outer = sourceOf(compilation, { ...input, sql: inner });
  const values = new Map(
    query.keys.map(({ name, type }) => {
      const at = `indexOf(arrayMap(_q -> _q.1, ${outer.alias}.${pairs}), ${quote(name)})`;
      return [name, convert(typed('string', `${outer.alias}.${pairs}[${at}].2`), type)];
    }),
  );
  const columns = query.columns.map((column) => ({ name: column.name, type: values.get(column.name)?.type ?? column.type }));
  const list = columns.map(({ name }) => {
    const value = values.get(name);
    return value === undefined ? passed(outer.alias, name) : `${atBorder(value)} AS ${identifier(name)}`;
  });
  const hidden = hiddenColumns(input).map((name) => `, ${passed(outer.alias, name)}`).join('');
  return { ...input, sql: `SELECT ${list.join(', ')}${hidden} FROM ${outer.from}`, columns };
}

function delimited(text: string, pair: string, value: string, quotes: string | undefined, escape: string | undefined): string {
  const [open, close] = [quotes?.[0], quotes?.[1] ?? quotes?.[0]];
  const [p, v] = [quoteMeta(pair), quoteMeta(value)];
  const quoted = open === undefined || close === undefined ? '' : `${quoteMeta(open)}((?:${escape === undefined ? '' : `${quoteMeta(escape)}.|`}[^${classOf(close)}${escape === undefined ? '' : classOf(escape)}])*)${quoteMeta(close)}|`;
  const pattern = `(?s)(?:^|${p})\\s*([^${classOf(value)}${classOf(pair)}]*?)\\s*${v}(?:${quoted}(.*?))(?:$|(?:${p}))`;
  // Each match eats its delimiter, so every delimiter is doubled first.
  const doubled = `replaceAll(${text}, ${quote(pair)}, ${quote(pair + pair)})`;
  const groups = `extractAllGroupsVertical(${doubled}, ${quote(pattern)})`;
  const undouble = (item: string) => `replaceAll(${item}, ${quote(pair + pair)}, ${quote(pair)})`;
  const item = quoted === '' ? '_m[2]' : `if(empty(_m[2]), _m[3], ${escape === undefined ? undouble('_m[2]') : `replaceAll(${undouble('_m[2]')}, ${quote(escape)}, '')`})`;
  return `arrayMap(_m -> (_m[1], ${item}), ${groups})`;
}

function classOf(text: string): string {
  return [...text].map((character) => character.replace(/[\\\]^-]/g, '\\$&')).join('');
}

function matched(text: string, pattern: string, at: number): string {
  return `arrayMap(_m -> (_m[1], _m[2]), extractAllGroupsVertical(${text}, ${quote(checkedText(pattern, at))}))`;
}

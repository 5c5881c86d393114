import { convert } from '../convert.ts';
import { textItems } from '../dynamic-path.ts';
import { checkedPattern } from '../pattern.ts';
import { once, quote, type Sql, typed } from '../sql.ts';

// Everything that is neither letter nor digit ends a term; what is not ASCII belongs to it.
const EDGE = '[^0-9A-Za-z\\x{80}-\\x{10FFFF}]';

/** `has`, `contains`, `startswith`, `matches regex` … and their negations and case-sensitive forms. */
export function textOperation(operator: string, left: Sql, right: Sql, at: number): Sql | undefined {
  const negated = operator.startsWith('!');
  const bare = (negated ? operator.slice(1) : operator).toLowerCase();
  const sensitive = bare.endsWith('_cs');
  const name = bare === 'matchesregex' ? bare : bare.replace(/_cs$/, '');
  const text = convert(left, 'string').sql;
  const needle = convert(right, 'string');
  const found = test(name, text, needle, sensitive, at);
  if (found === undefined) return undefined;
  return typed('bool', negated ? `(NOT ${found})` : found, { nonNull: true });
}

function test(name: string, text: string, needle: Sql, sensitive: boolean, at: number): string | undefined {
  switch (name) {
    case 'has':
      return hasTerm(text, needle, sensitive, true, true);
    case 'hasprefix':
      return hasTerm(text, needle, sensitive, true, false);
    case 'hassuffix':
      return hasTerm(text, needle, sensitive, false, true);
    case 'contains':
      return contains(text, needle, sensitive);
    case 'startswith':
      return edge('startsWith', text, needle, sensitive);
    case 'endswith':
      return edge('endsWith', text, needle, sensitive);
    case 'matchesregex':
      return `match(${text}, ${checkedPattern(needle, at)})`;
    default:
      return undefined;
  }
}

function isAscii(value: Sql): boolean {
  return typeof value.constant === 'string' && /^[\0-\x7f]*$/.test(value.constant);
}

function contains(text: string, needle: Sql, sensitive: boolean): string {
  if (sensitive) return `(position(${text}, ${needle.sql}) > 0)`;
  return isAscii(needle)
    ? `(positionCaseInsensitive(${text}, ${needle.sql}) > 0)`
    : `(positionCaseInsensitiveUTF8(${text}, ${needle.sql}) > 0)`;
}

function edge(name: string, text: string, needle: Sql, sensitive: boolean): string {
  if (sensitive) return `${name}(${text}, ${needle.sql})`;
  if (isAscii(needle)) return `${name}CaseInsensitive(${text}, ${needle.sql})`;
  return `${name}(lowerUTF8(${text}), lowerUTF8(${needle.sql}))`;
}

/** Whether a text has a term, or begins or ends one, with the needle. */
export function hasTerm(text: string, needle: Sql, sensitive: boolean, start: boolean, end: boolean): string {
  const flags = sensitive ? '' : '(?i)';
  const { constant } = needle;
  if (typeof constant !== 'string') {
    const pattern = `concat('${flags}${start ? `(?:^|${EDGE.replaceAll('\\', '\\\\')})` : ''}', regexpQuoteMeta(${needle.sql}), '${end ? `(?:$|${EDGE.replaceAll('\\', '\\\\')})` : ''}')`;
    return `match(${text}, ${pattern})`;
  }
  if (constant === '') return 'true';
  if (start && end && /^[0-9A-Za-z]+$/.test(constant)) {
    return `hasToken${sensitive ? '' : 'CaseInsensitive'}(${text}, ${quote(constant)})`;
  }
  const isWord = (character: string | undefined) =>
    character !== undefined && /[0-9A-Za-z\u0080-\uffff]/.test(character);
  const before = start && isWord(constant[0]) ? `(?:^|${EDGE})` : '';
  const after = end && isWord(constant.at(-1)) ? `(?:$|${EDGE})` : '';
  if (before === '' && after === '') return contains(text, needle, sensitive);
  const pattern = quote(`${flags}${before}${quoteMeta(constant)}${after}`);
  return once(text, (first, again) => `(${contains(first, needle, sensitive)} AND match(${again}, ${pattern}))`);
}

/** A text as a pattern that matches just it. */
export function quoteMeta(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&').replaceAll('\0', '\\x00');
}

/** `has_any`, `has_all`. */
export function termsAmong(operator: string, left: Sql, items: readonly Sql[]): Sql {
  const every = operator === 'has_all';
  const whole = convert(left, 'string').sql;
  const literals = items.flatMap((item) => (Array.isArray(item.constant) ? item.constant : [item.constant]));
  if (literals.every((value) => typeof value === 'string' || typeof value === 'bigint' || typeof value === 'number')) {
    const needles = literals.map((value) => typed('string', quote(String(value)), { constant: String(value) }));
    if (needles.length === 0) return typed('bool', every ? 'true' : 'false', { nonNull: true });
    const tests = once(whole, (first, again) =>
      needles
        .map((needle, at) => hasTerm(at === 0 ? first : again, needle, false, true, true))
        .join(every ? ' AND ' : ' OR '),
    );
    return typed('bool', `(${tests})`, { nonNull: true });
  }
  const lists = items.map((item) => (item.type === 'dynamic' ? textItems(item) : `[${convert(item, 'string').sql}]`));
  const all = lists.length === 1 ? String(lists[0]) : `arrayConcat(${lists.join(', ')})`;
  const one = hasTerm('_text', typed('string', '_e'), false, true, true);
  return typed(
    'bool',
    once(whole, (first) => `${every ? 'arrayAll' : 'arrayExists'}(_e -> ${one.replaceAll('_text', first)}, ${all})`),
    { nonNull: true },
  );
}

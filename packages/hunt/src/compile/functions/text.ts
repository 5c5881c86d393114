import { convert, toText } from '../convert.ts';
import { arrayOf, arrayOfText, textItems } from '../dynamic-path.ts';
import { checkedPattern } from '../pattern.ts';
import { isNumber, once, quote, type Sql, typed } from '../sql.ts';
import { occurrence } from './dynamic.ts';
import {
  argument,
  argumentAs,
  type FunctionInput,
  type FunctionTable,
  literalArgument,
  ofTexts,
  type ScalarFunction,
} from './function.ts';

const text = (input: FunctionInput, at: number) => argumentAs(input, at, 'string').sql;
const pattern = (input: FunctionInput, at: number) =>
  checkedPattern(argumentAs(input, at, 'string'), input.call.operands[at]?.at ?? input.call.at);

const substring: ScalarFunction = (input) => {
  const start = argumentAs(input, 1, 'long').sql;
  const from = once(`toInt64(${start})`, (first, again) => `if(${first} >= 0, ${again} + 1, ${again})`);
  const length = input.args[2] === undefined ? '' : `, greatest(0, toInt64(${argumentAs(input, 2, 'long').sql}))`;
  return typed('string', `ifNull(substringUTF8(${text(input, 0)}, ${from}${length}), '')`);
};

// The capturing group asked for, or the whole match for group 0; converted when a type is given.
const extract: ScalarFunction = (input) => {
  const group = argumentAs(input, 1, 'long');
  const source = text(input, 2);
  const regex = pattern(input, 0);
  const sql =
    group.constant === 0n
      ? `extract(${source}, ${wholeMatch(regex)})`
      : `extractGroups(${source}, ${regex})[toInt64(${group.sql})]`;
  const found = typed('string', `ifNull(${sql}, '')`);
  return input.args[3] === undefined ? found : convert(found, input.call.type);
};

// `extract` of the engine gives the first group when there is one; one around everything makes that the match.
function wholeMatch(regex: string): string {
  return `concat('(', ${regex}, ')')`;
}

const extractAll: ScalarFunction = (input) => {
  const hasGroups = input.args.length === 3;
  const source = text(input, hasGroups ? 2 : 1);
  const constant = input.args[0]?.constant;
  const groups =
    typeof constant === 'string' ? (constant.replace(/\\./g, '').match(/\((?!\?)|\(\?P?</g) ?? []).length : 2;
  const all = `extractAllGroupsVertical(${source}, ${pattern(input, 0)})`;
  const names = typeof constant === 'string' ? groupNames(constant) : [];
  const chosen = input.args[1]?.constant;
  const wanted =
    hasGroups && Array.isArray(chosen)
      ? chosen.map((one) => (typeof one === 'string' ? names.indexOf(one) + 1 : Number(one)))
      : undefined;
  if (wanted === undefined && groups <= 1) return arrayOrNull(`arrayMap(_g -> toJSONString(_g[1]), ${all})`);
  const rows =
    wanted === undefined
      ? `arrayMap(_g -> toJSONString(_g), ${all})`
      : `arrayMap(_g -> toJSONString([${wanted.map((at) => `_g[${at}]`).join(', ')}]), ${all})`;
  return arrayOrNull(rows);
};

// The capturing groups of a pattern in order, by their names where they have one.
function groupNames(pattern: string): (string | undefined)[] {
  return [...pattern.replace(/\\./g, '').matchAll(/\(\?P?<(\w+)>|\((?!\?)/g)].map(([, name]) => name);
}

function arrayOrNull(raw: string): Sql {
  return typed(
    'dynamic',
    once(raw, (first, again) => `if(empty(${first}), '', concat('[', arrayStringConcat(${again}, ','), ']'))`),
  );
}

const replaceRegex: ScalarFunction = (input) =>
  typed('string', `replaceRegexpAll(${text(input, 0)}, ${pattern(input, 1)}, ${text(input, 2)})`);

const split: ScalarFunction = (input) => {
  const parts = once(
    text(input, 1),
    (first, again) => `if(empty(${first}), [${text(input, 0)}], splitByString(${again}, ${text(input, 0)}))`,
  );
  const delimiter = argument(input, 1).constant;
  const list =
    typeof delimiter === 'string' && delimiter !== '' ? `splitByString(${quote(delimiter)}, ${text(input, 0)})` : parts;
  if (input.args[2] === undefined) return arrayOfText(list);
  const at = argumentAs(input, 2, 'long').sql;
  return arrayOfText(`arrayFilter((_e, _i) -> _i = ${at} + 1, ${list}, arrayEnumerate(${list}))`);
};

const strcat: ScalarFunction = ({ args }) => {
  const parts = args.map((value) => toText(value).sql);
  return typed('string', parts.length === 1 ? String(parts[0]) : `concat(${parts.join(', ')})`);
};

const trim =
  (start: boolean, end: boolean): ScalarFunction =>
  (input) => {
    const regex = pattern(input, 0);
    const cut = (source: string, anchored: string) => `replaceRegexpOne(${source}, ${anchored}, '')`;
    let sql = text(input, 1);
    if (start) sql = cut(sql, `concat('^(?:', ${regex}, ')')`);
    if (end) sql = cut(sql, `concat('(?:', ${regex}, ')$')`);
    return typed('string', sql);
  };

const indexOf: ScalarFunction = (input) => {
  const [source, needle] = [text(input, 0), text(input, 1)];
  if (input.args.length === 2) return typed('long', `(toInt64(positionUTF8(${source}, ${needle})) - 1)`);
  const places = `arrayFilter(_i -> substringUTF8(${source}, _i + 1, lengthUTF8(${needle})) = ${needle}, arrayMap(_i -> toInt64(_i), range(toUInt64(lengthUTF8(${source})) + 1)))`;
  return typed('long', occurrence(input, places, `toInt64(lengthUTF8(${source}))`, `toInt64(lengthUTF8(${needle}))`));
};

const countOf: ScalarFunction = (input) => {
  const isRegex = input.args[2]?.constant === 'regex';
  if (isRegex) return typed('long', `toInt64(countMatches(${text(input, 0)}, ${pattern(input, 1)}))`);
  // Overlapping occurrences count too.
  const [source, needle] = [text(input, 0), text(input, 1)];
  return typed(
    'long',
    `toInt64(arrayCount(_i -> substring(${source}, _i, length(${needle})) = ${needle}, range(1, length(${source}) + 1)))`,
  );
};

/** Functions of texts. */
export const TEXT: FunctionTable = {
  strcat,
  strcat_delim: ({ args }) => {
    const [delimiter, ...parts] = args.map((value) => toText(value).sql);
    return typed('string', `arrayStringConcat([${parts.join(', ')}], ${delimiter})`);
  },
  strcat_array: (input) =>
    typed('string', `arrayStringConcat(${textItems(argumentAs(input, 0, 'dynamic'))}, ${text(input, 1)})`),
  tolower: ofTexts('string', (value) => `lowerUTF8(${value})`),
  toupper: ofTexts('string', (value) => `upperUTF8(${value})`),
  strlen: ofTexts('long', (value) => `toInt64(lengthUTF8(${value}))`),
  string_size: ofTexts('long', (value) => `toInt64(length(${value}))`),
  substring,
  split,
  extract,
  extract_all: extractAll,
  extractall: extractAll,
  replace_string: ofTexts(
    'string',
    (source, from, to) => `if(empty(${from}), ${source}, replaceAll(${source}, ${from}, ${to}))`,
  ),
  replace_regex: replaceRegex,
  replace: replaceRegexOld,
  replace_strings: (input) => {
    const [from, to] = [textItems(argumentAs(input, 1, 'dynamic')), textItems(argumentAs(input, 2, 'dynamic'))];
    return typed(
      'string',
      `arrayFold((_a, _f, _t) -> if(empty(_f), _a, replaceAll(_a, _f, _t)), ${from}, ${to}, ${text(input, 0)})`,
    );
  },
  trim: trim(true, true),
  trim_start: trim(true, false),
  trim_end: trim(false, true),
  indexof: indexOf,
  indexof_regex: indexOfRegex,
  countof: countOf,
  reverse: ofTexts('string', (value) => `reverseUTF8(${value})`),
  strrep: (input) => {
    const times = argumentAs(input, 1, 'long').sql;
    const delimiter = input.args[2] === undefined ? "''" : text(input, 2);
    return typed(
      'string',
      `arrayStringConcat(arrayMap(_i -> ${text(input, 0)}, range(toUInt64(greatest(0, ${times})))), ${delimiter})`,
    );
  },
  strcmp: ofTexts('int', (one, other) => `toInt32(multiIf(${one} < ${other}, -1, ${one} > ${other}, 1, 0))`),
  translate: ofTexts(
    'string',
    (from, to, source) =>
      `arrayStringConcat(arrayMap(_c -> if(positionUTF8(${from}, _c) = 0, _c, if(lengthUTF8(${to}) = 0, '', substringUTF8(${to}, least(positionUTF8(${from}, _c), lengthUTF8(${to})), 1))), ngrams(${source}, 1)))`,
  ),
  unicode_codepoints_from_string: (input) =>
    arrayOf(
      `arrayMap(_c -> toString(reinterpretAsUInt32(reverse(leftPad(convertCharset(_c, 'UTF-8', 'UTF-32BE'), 4, '\\0')))), extractAll(${text(input, 0)}, '(?s).'))`,
    ),
  make_string: codePoints,
  unicode_codepoints_to_string: codePoints,
  isascii: ofTexts('bool', (value) => `match(${value}, '^[\\\\x00-\\\\x7F]*$')`),
  isutf8: ofTexts('bool', (value) => `isValidUTF8(${value})`),
  format_bytes: formatBytes,
  has_any_index: (input) => {
    const items = textItems(argumentAs(input, 1, 'dynamic'));
    return typed(
      'long',
      once(
        items,
        (first) =>
          `(toInt64(arrayFirstIndex(_e -> notEmpty(_e) AND match(${text(input, 0)}, concat('(?i)(?:^|[^0-9A-Za-z])', regexpQuoteMeta(_e), '(?:$|[^0-9A-Za-z])')), ${first})) - 1)`,
      ),
    );
  },
};

// The old form takes the pattern first.
function replaceRegexOld(input: FunctionInput): Sql {
  return typed('string', `replaceRegexpAll(${text(input, 2)}, ${pattern(input, 0)}, ${text(input, 1)})`);
}

function codePoints(input: FunctionInput): Sql {
  const numbers = input.args.map((value) =>
    isNumber(value.type) ? `[toString(${value.sql})]` : textItems(convert(value, 'dynamic')),
  );
  const all = numbers.length === 1 ? String(numbers[0]) : `arrayConcat(${numbers.join(', ')})`;
  const bytes = (shift: number) => `bitAnd(bitShiftRight(_n, ${shift}), 63) + 128`;
  const encoded = `multiIf(_n < 128, char(_n), _n < 2048, char(bitShiftRight(_n, 6) + 192, ${bytes(0)}), _n < 65536, char(bitShiftRight(_n, 12) + 224, ${bytes(6)}, ${bytes(0)}), char(bitShiftRight(_n, 18) + 240, ${bytes(12)}, ${bytes(6)}, ${bytes(0)}))`;
  return typed('string', `arrayStringConcat(arrayMap(_n -> ${encoded}, arrayMap(_e -> toUInt32OrZero(_e), ${all})))`);
}

function formatBytes(input: FunctionInput): Sql {
  const size = argumentAs(input, 0, 'real').sql;
  const precision = input.args[1] === undefined ? '0' : String(input.args[1].constant ?? '0');
  const unit = input.args[2]?.constant;
  const names = ['Bytes', 'KB', 'MB', 'GB', 'TB', 'PB'];
  const one = (at: number) =>
    `concat(toString(round(${size} / ${1024 ** at}, ${Number(precision) || 0})), ' ${names[at]}')`;
  const known = names.indexOf(String(unit));
  if (known >= 0) return typed('string', `ifNull(${one(known)}, '')`);
  const steps = names.slice(0, -1).map((_, at) => `abs(${size}) < ${1024 ** (at + 1)}, ${one(at)}`);
  return typed('string', `ifNull(multiIf(${steps.join(', ')}, ${one(names.length - 1)}), '')`);
}

// Matches that do not overlap, counted from the left; -1 where there are fewer.
function indexOfRegex(input: FunctionInput): Sql {
  const regex = pattern(input, 1);
  const start = input.args[2] === undefined ? '0' : argumentAs(input, 2, 'long').sql;
  const length = input.args[3] === undefined ? '-1' : argumentAs(input, 3, 'long').sql;
  const nth = Number(literalArgument(input, 4) ?? 1);
  if (!(nth >= 1)) return typed('long', "CAST(NULL, 'Nullable(Int64)')");
  const rest = `substringUTF8(${text(input, 0)}, toUInt64(greatest(0, ${start})) + 1)`;
  const part =
    input.args[3] === undefined
      ? rest
      : `if(${length} < 0, ${rest}, substringUTF8(${rest}, 1, toUInt64(greatest(0, ${length}))))`;
  const earlier = nth === 1 ? '' : `(?:.*?(?:', ${regex}, ')){${nth - 1}}`;
  const skipped = `'^((?s:${earlier}.*?))(?:'`;
  const found = `length(extractAll(${part}, ${regex})) >= ${nth}`;
  const at = `toInt64(lengthUTF8(extract(${part}, concat(${skipped}, ${regex}, ')')))) + ${start}`;
  return typed('long', `multiIf(${start} < 0 OR ${length} < -1, NULL, ${found}, ${at}, -1)`);
}

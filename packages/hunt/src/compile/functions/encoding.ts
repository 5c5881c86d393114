import { unsupported } from '../../hunt-error.ts';
import { convert, toText } from '../convert.ts';
import { arrayOf } from '../dynamic-path.ts';
import { once, quote, typed } from '../sql.ts';
import {
  argument,
  argumentAs,
  type FunctionInput,
  type FunctionTable,
  ofTexts,
  type ScalarFunction,
} from './function.ts';

const digest =
  (name: string): ScalarFunction =>
  (input) =>
    typed('string', `lower(hex(${name}(${toText(argument(input, 0)).sql})))`);

const decode = ofTexts(
  'string',
  (value) => `if(isValidUTF8(tryBase64Decode(${value})), tryBase64Decode(${value}), '')`,
);
const encode = ofTexts('string', (value) => `base64Encode(${value})`);

/** Hashes, base64, URLs and other forms of bytes. */
export const ENCODING: FunctionTable = {
  hash_md5: digest('MD5'),
  hash_sha1: digest('SHA1'),
  hash_sha256: digest('SHA256'),
  hash: hashNumber,
  hash_xxhash64: hashNumber,
  base64_encode_tostring: encode,
  base64_encodestring: encode,
  base64_decode_tostring: decode,
  base64_decodestring: decode,
  base64_decode_toarray: (input) =>
    arrayOf(
      `arrayMap(_i -> toString(reinterpretAsUInt8(substring(tryBase64Decode(${argumentAs(input, 0, 'string').sql}), _i, 1))), range(1, length(tryBase64Decode(${argumentAs(input, 0, 'string').sql})) + 1))`,
    ),
  base64_encode_fromarray: (input) =>
    typed(
      'string',
      `base64Encode(arrayStringConcat(arrayMap(_e -> char(toUInt8OrZero(_e)), JSONExtractArrayRaw(${argumentAs(input, 0, 'dynamic').sql}))))`,
    ),
  base64_decode_toguid: (input) =>
    typed(
      'guid',
      once(
        `tryBase64Decode(${argumentAs(input, 0, 'string').sql})`,
        (first) => `ifNull(toString(toUUIDOrNull(${first})), '')`,
      ),
    ),
  base64_encode_fromguid: (input) => typed('string', `base64Encode(${argumentAs(input, 0, 'string').sql})`),
  url_encode: ofTexts('string', (value) => lowerEscapes(`encodeURLFormComponent(${value})`)),
  url_encode_component: ofTexts('string', (value) => lowerEscapes(`encodeURLComponent(${value})`)),
  url_decode: ofTexts('string', (value) => `decodeURLComponent(${value})`),
  parse_urlquery: (input) => queryBag(argumentAs(input, 0, 'string').sql),
  parse_url: (input) => parseUrl(argumentAs(input, 0, 'string').sql),
  parse_version: (input) =>
    typed(
      'decimal',
      once(
        `splitByChar('.', ${argumentAs(input, 0, 'string').sql})`,
        (first, again) =>
          `if(length(${first}) > 4 OR NOT match(arrayStringConcat(${again}, '.'), '^[0-9.]+$'), NULL, toDecimal128OrNull(concat(${[1, 2, 3, 4].map((at) => `leftPad(if(length(${again}) < ${at}, '0', ${again}[${at}]), 8, '0')`).join(', ')}), 0))`,
      ),
    ),
  parse_path: (input) => parsePath(argumentAs(input, 0, 'string').sql),
  parse_csv: (input) => parseCsv(argumentAs(input, 0, 'string').sql),
  parse_command_line: (input) => parseCommandLine(argumentAs(input, 0, 'string').sql),
  parse_hex: (input) => convert(argument(input, 0), 'long'),
};

function hashNumber(input: FunctionInput) {
  const of = argument(input, 0);
  if (of.type !== 'string') {
    throw unsupported(
      `${input.call.name}() of a ${of.type}`,
      input.call.at,
      'Hash tostring() of it; the number differs from that of the value.',
    );
  }
  const value = `toInt64(xxHash64(${of.sql}))`;
  if (input.args[1] === undefined) return typed('long', value);
  return typed('long', `toInt64(positiveModulo(${value}, ${argumentAs(input, 1, 'long').sql}))`);
}

// The language writes escapes in lower case.
function lowerEscapes(sql: string): string {
  return `arrayStringConcat(arrayMap(_c -> if(startsWith(_c, '%'), lower(_c), _c), extractAll(${sql}, '%[0-9A-F]{2}|[^%]+')))`;
}

function queryBag(query: string) {
  const pairs = `arrayFilter(_p -> notEmpty(_p), splitByChar('&', trimLeft(${query}, '?')))`;
  const bag = `concat('{', arrayStringConcat(arrayMap(_p -> concat(toJSONString(splitByChar('=', _p)[1]), ':', toJSONString(decodeURLComponent(if(position(_p, '=') > 0, substring(_p, position(_p, '=') + 1), '')))), ${pairs}), ','), '}')`;
  return typed('dynamic', `concat('{"Query Parameters":', ${bag}, '}')`);
}

function parseUrl(url: string) {
  const pattern = quote(
    '^([A-Za-z][A-Za-z0-9+.-]*)://(?:([^:@/?#]*)(?::([^@/?#]*))?@)?(\\[[^\\]]*\\]|[^:/?#]*)(?::(\\d+))?([^?#]*)(?:\\?([^#]*))?(?:#(.*))?$',
  );
  return typed(
    'dynamic',
    once(`extractGroups(${url}, ${pattern})`, (first, g) => {
      const text = (at: number) => `toJSONString(${g}[${at}])`;
      const bag = queryBag(`${g}[7]`).sql;
      const whole = `concat('{"Scheme":', ${text(1)}, ',"Host":', ${text(4)}, ',"Port":', ${text(5)}, ',"Path":', ${text(6)}, ',"Username":', ${text(2)}, ',"Password":', ${text(3)}, ',"Query Parameters":', substring(${bag}, 21, length(${bag}) - 21), ',"Fragment":', ${text(8)}, '}')`;
      return `if(empty(${first}), '{"Scheme":"","Host":"","Port":"","Path":"","Username":"","Password":"","Query Parameters":{},"Fragment":""}', ${whole})`;
    }),
  );
}

function parsePath(path: string) {
  const pattern = quote(
    '^(?:([A-Za-z][A-Za-z0-9+.-]*)://)?((?:[A-Za-z]:)?)(.*?)([^/\\\\]*?)((?:\\.[^./\\\\:]*)?)(?::([^/\\\\:]*))?$',
  );
  return typed(
    'dynamic',
    once(`extractGroups(${path}, ${pattern})`, (first, g) => {
      const text = (sql: string) => `toJSONString(${sql})`;
      const directory = `concat(${g}[2], trimRight(${g}[3], '/\\\\\\\\'))`;
      const name = `arrayElement(splitByRegexp('[/\\\\\\\\]', ${directory}), -1)`;
      return `concat('{"Scheme":', ${text(`${first}[1]`)}, ',"RootPath":', ${text(`${g}[2]`)}, ',"DirectoryPath":', ${text(directory)}, ',"DirectoryName":', ${text(name)}, ',"Filename":', ${text(`concat(${g}[4], ${g}[5])`)}, ',"Extension":', ${text(`trimLeft(${g}[5], '.')`)}, ',"AlternateDataStreamName":', ${text(`${g}[6]`)}, '}')`;
    }),
  );
}

// As Windows does: blanks part arguments save in quotes, and a backslash before a quote keeps it.
function parseCommandLine(text: string) {
  const words = `extractAll(${text}, ${quote('(?:[^\\s"\\\\]|\\\\.|\\\\$|"(?:[^"\\\\]|\\\\.)*"?)+')})`;
  const bare = `replaceRegexpAll(replaceAll(replaceAll(replaceAll(_w, ${quote('\\"')}, ${quote('\u0001')}), '"', ''), ${quote('\u0001')}, '"'), '', '')`;
  return arrayOf(`arrayMap(_w -> toJSONString(${bare}), ${words})`);
}

function parseCsv(text: string) {
  const all = `extractAllGroupsVertical(${text}, ${quote('("(?:[^"]|"")*"|[^,\\r\\n]*)(,|\\r?\\n|$)')})`;
  // Only the first record counts; its last field is the first that no comma ends.
  const fields = once(all, (first, again) => `arraySlice(${first}, 1, arrayFirstIndex(_f -> _f[2] != ',', ${again}))`);
  return arrayOf(
    `arrayMap(_f -> toJSONString(if(startsWith(_f[1], '"'), replaceAll(substring(_f[1], 2, length(_f[1]) - 2), '""', '"'), _f[1])), ${fields})`,
  );
}

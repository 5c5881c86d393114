import { convert } from '../convert.ts';
import { textItems } from '../dynamic-path.ts';
import { once, quote, type Sql, typed } from '../sql.ts';
import { argument, argumentAs, type FunctionInput, type FunctionTable, type ScalarFunction } from './function.ts';

const text = (input: FunctionInput, at: number) => argumentAs(input, at, 'string').sql;

/** The address of `a.b.c.d[/n]` as a number; null for other text. */
function ipv4Number(address: string): string {
  return once(
    `trimBoth(${address})`,
    (first) => `toInt64(toUInt32(IPv4StringToNumOrNull(splitByChar('/', ${first})[1])))`,
  );
}

/** The length of the prefix of `a.b.c.d/n`; 32 without one. */
function prefixLength(address: string): string {
  return `if(position(${address}, '/') > 0, toInt64OrNull(splitByChar('/', ${address})[2]), 32)`;
}

function masked(address: string, prefix: string): string {
  return `bitAnd(${ipv4Number(address)}, bitAnd(bitShiftLeft(toInt64(4294967295), toUInt8(32 - ${prefix})), 4294967295))`;
}

/** Whether an IPv4 address is in a network, both as texts; null when either is none. */
export function ipv4InRange(address: string, network: string): string {
  return once(
    network,
    (first, again) =>
      `(${masked(address, `least(${prefixLength(first)}, ${prefixLength(address)})`)} = ${masked(again, `least(${prefixLength(again)}, ${prefixLength(address)})`)})`,
  );
}

const compareIpv4 =
  (write: (one: string, other: string) => string, type: 'bool' | 'long'): ScalarFunction =>
  (input) => {
    const [one, other] = [text(input, 0), text(input, 1)];
    const prefix = input.args[2] === undefined ? '32' : argumentAs(input, 2, 'long').sql;
    const least = `toInt64(least(${prefixLength(one)}, ${prefixLength(other)}, ${prefix}))`;
    return typed(type, write(masked(one, least), masked(other, least)));
  };

const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

const among = (input: FunctionInput, test: (address: string, network: string) => string): Sql => {
  const lists = input.args
    .slice(1)
    .map((value) => (value.type === 'dynamic' ? textItems(value) : `[${convert(value, 'string').sql}]`));
  const all = lists.length === 1 ? String(lists[0]) : `arrayConcat(${lists.join(', ')})`;
  return typed('bool', `arrayExists(_n -> ifNull(${test(text(input, 0), '_n')}, false), ${all})`);
};

const cidr6 = (address: string, network: string) =>
  `if(isIPv6String(splitByChar('/', ${network})[1]) OR isIPv4String(splitByChar('/', ${network})[1]), isIPAddressInRange(${address}, if(position(${network}, '/') > 0, ${network}, concat(${network}, if(isIPv4String(${network}), '/32', '/128')))), false)`;

// An address stands whole in the text; a prefix is the start of one and ends in a dot.
function hasIpv4(source: string, needle: string, prefix: boolean): string {
  const start = `concat('(?:^|[^0-9A-Za-z])', regexpQuoteMeta(${needle})`;
  const whole = `(isIPv4String(${needle}) AND match(${source}, ${start}, '(?:$|[^0-9A-Za-z])')))`;
  return prefix ? `(${whole} OR (endsWith(${needle}, '.') AND match(${source}, ${start}))))` : whole;
}

const hasAny =
  (prefix: boolean): ScalarFunction =>
  (input) =>
    among(input, (source, needle) => hasIpv4(source, needle, prefix));

/** IP addresses. */
export const NETWORK: FunctionTable = {
  parse_ipv4: (input) =>
    typed(
      'long',
      once(
        text(input, 0),
        (first, again) =>
          `if(position(${first}, '/') > 0, ${masked(again, prefixLength(again))}, ${ipv4Number(again)})`,
      ),
    ),
  parse_ipv4_mask: (input) => typed('long', masked(text(input, 0), `toInt64(${argumentAs(input, 1, 'long').sql})`)),
  ipv4_netmask_suffix: (input) =>
    typed(
      'long',
      once(text(input, 0), (first, again) => `if(isNull(${ipv4Number(first)}), NULL, ${prefixLength(again)})`),
    ),
  ipv4_is_private: (input) => {
    const address = text(input, 0);
    const tests = PRIVATE.map((network) => ipv4InRange('_a', quote(network)));
    return typed(
      'bool',
      once(
        address,
        (first, again) => `if(isNull(${ipv4Number(first)}), NULL, ${tests.join(' OR ').replaceAll('_a', again)})`,
      ),
    );
  },
  ipv4_is_in_range: (input) => typed('bool', ipv4InRange(text(input, 0), text(input, 1))),
  ipv4_is_in_any_range: (input) => among(input, ipv4InRange),
  ipv4_is_match: compareIpv4((one, other) => `(${one} = ${other})`, 'bool'),
  ipv4_compare: compareIpv4((one, other) => `toInt64(sign(${one} - ${other}))`, 'long'),
  format_ipv4: (input) => {
    const value = argument(input, 0);
    const asked = input.args[1] === undefined ? '32' : argumentAs(input, 1, 'long').sql;
    const prefix = value.type === 'string' ? `least(${asked}, ${prefixLength(value.sql)})` : asked;
    const number = value.type === 'string' ? ipv4Number(value.sql) : convert(value, 'long').sql;
    return typed(
      'string',
      `ifNull(IPv4NumToString(toUInt32(bitAnd(${number}, bitAnd(bitShiftLeft(toInt64(4294967295), toUInt8(32 - ${prefix})), 4294967295)))), '')`,
    );
  },
  format_ipv4_mask: (input) => {
    const value = argument(input, 0);
    const address = value.type === 'string' ? value.sql : `IPv4NumToString(toUInt32(${convert(value, 'long').sql}))`;
    const prefix = input.args[1] === undefined ? prefixLength(address) : argumentAs(input, 1, 'long').sql;
    return typed(
      'string',
      `ifNull(concat(IPv4NumToString(toUInt32(${masked(address, `toInt64(${prefix})`)})), '/', toString(${prefix})), '')`,
    );
  },
  ipv6_is_in_range: (input) => typed('bool', cidr6(text(input, 0), text(input, 1))),
  ipv6_is_in_any_range: (input) => among(input, cidr6),
  ipv6_is_match: ipv6Compare('='),
  ipv6_compare: ipv6Compare('sign'),
  parse_ipv6: (input) =>
    typed(
      'string',
      once(
        `splitByChar('/', ${text(input, 0)})[1]`,
        (first) =>
          `ifNull(lower(arrayStringConcat(arrayMap(_i -> substring(hex(IPv6StringToNumOrNull(${first})), _i * 4 + 1, 4), range(8)), ':')), '')`,
      ),
    ),
  has_ipv4: (input) => typed('bool', hasIpv4(text(input, 0), text(input, 1), false)),
  has_any_ipv4: hasAny(false),
  has_ipv4_prefix: (input) => typed('bool', hasIpv4(text(input, 0), text(input, 1), true)),
  has_any_ipv4_prefix: hasAny(true),
  geo_info_from_ip_address: (input) => {
    input.scope.compilation.notices.add(
      'No database of places of IP addresses is set up, so geo_info_from_ip_address() gives null.',
    );
    return typed('dynamic', "''");
  },
};

function ipv6Compare(operator: '=' | 'sign'): ScalarFunction {
  return (input) => {
    const prefix = input.args[2] === undefined ? undefined : argumentAs(input, 2, 'long').sql;
    const parts = (at: number) => `splitByChar('/', ${text(input, at)})`;
    const own = (at: number) =>
      `if(length(${parts(at)}) > 1, toInt64OrNull(${parts(at)}[2]) + if(isIPv4String(${parts(at)}[1]), 96, 0), 128)`;
    const length = `toUInt8(least(${own(0)}, ${own(1)}${prefix === undefined ? '' : `, toInt64(${prefix})`}))`;
    const bits = (at: number) =>
      `substring(bin(IPv6StringToNumOrNull(if(isIPv4String(${parts(at)}[1]), concat('::ffff:', ${parts(at)}[1]), ${parts(at)}[1]))), 1, ${length})`;
    if (operator === '=') return typed('bool', `(${bits(0)} = ${bits(1)})`);
    return typed('long', `toInt64(multiIf(${bits(0)} = ${bits(1)}, 0, ${bits(0)} < ${bits(1)}, -1, 1))`);
  };
}

import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { freshDatabase, type TestDatabase } from '@throughline/store/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerQuery } from './answer-query.ts';

const EVENTS = [
  { name: 'Device', type: 'string' },
  { name: 'Port', type: 'int' },
  { name: 'Size', type: 'long' },
  { name: 'Score', type: 'real' },
  { name: 'Seen', type: 'datetime' },
  { name: 'Ok', type: 'bool' },
  { name: 'More', type: 'dynamic' },
] as const;

let database: TestDatabase;
let client: ClickHouseClient;

beforeAll(async () => {
  database = await freshDatabase();
  client = createClient({ ...database.clickhouse, log: { level: ClickHouseLogLevel.OFF } });
  await client.command({
    query: `CREATE TABLE Events (Device String, Port Nullable(Int32), Size Nullable(Int64), Score Nullable(Float64),
      Seen Nullable(DateTime64(7, 'UTC')), Ok Nullable(Bool), More String) ENGINE = Memory`,
  });
  const row = (
    Device: string,
    Port: number | null,
    Size: number | null,
    Seen: string | null,
    Ok: boolean | null,
    More: unknown,
  ) => ({
    Device,
    Port,
    Size,
    Score: Size === null ? null : Size / 4,
    Seen,
    Ok,
    More: More === null ? '' : JSON.stringify(More),
  });
  await client.insert({
    table: 'Events',
    format: 'JSONEachRow',
    values: [
      row('Alpha-01', 443, 10, '2024-05-01 10:00:00.1234567', true, { user: { name: 'ann' }, tags: ['x', 'y'] }),
      row('alpha-02', 80, 20, '2024-05-01 10:30:00', false, { user: { name: 'Bob' }, tags: [] }),
      row('Beta', null, null, '2024-05-02 00:00:00', null, null),
      row('', 22, -5, null, true, [1, 2.5, null, 'z']),
    ],
  });
});

afterAll(async () => {
  await client?.close();
  await database?.drop();
});

async function answer(query: string): Promise<readonly (readonly unknown[])[]> {
  const result = await answerQuery(query, {
    client,
    catalogue: { tables: new Map([['Events', EVENTS]]), watchlists: new Map() },
    surroundings: { now: new Date('2024-05-03T00:00:00Z'), table: (name) => `SELECT * FROM ${name}` },
    limits: { timeMs: 20_000, memoryBytes: 1_000_000_000, rows: 10_000, bytes: 10_000_000 },
  });
  if (result.rows === undefined) throw new Error(`${JSON.stringify(result.error)}\n${result.sql}`);
  return result.rows;
}

describe('operators', () => {
  test.each<[string, unknown[][]]>([
    ['Events | where Device has "alpha" | project Device | sort by Device asc', [['Alpha-01'], ['alpha-02']]],
    ['Events | where Port != 443 | project Device | sort by Device asc', [[''], ['Beta'], ['alpha-02']]],
    ['Events | where not(Port == 443) | count', [[3]]],
    ['Events | where Seen > ago(2d) | project Device', [['Alpha-01'], ['alpha-02'], ['Beta']]],
    ['Events | sort by Size desc | project Size', [[20], [10], [-5], [null]]],
    ['Events | sort by Size asc | project Size', [[null], [-5], [10], [20]]],
    ['Events | top 1 by Size | project Device, Seen', [['alpha-02', '2024-05-01T10:30:00.0000000Z']]],
    [
      'Events | extend Size = Size * 2, Twice = Size + 1 | where Device == "alpha-02" | project Size, Twice',
      [[40, 21]],
    ],
    [
      'Events | summarize n = count(), sum(Size), max(Score) by day = bin(Seen, 1d) | sort by n desc, day asc',
      [
        ['2024-05-01T00:00:00.0000000Z', 2, 30, 5],
        [null, 1, -5, -1.25],
        ['2024-05-02T00:00:00.0000000Z', 1, 0, null],
      ],
    ],
    ['Events | where false | summarize count(), make_set(Device)', [[0, []]]],
    [
      'datatable(h:string, n:long)["b", 4, "a", 1, "a", 1, "b", 2, "a", 3] | sort by h asc, n asc | extend m = row_rank_min(n, h != prev(h)) | summarize make_list(m)',
      [[[1, 1, 3, 1, 2]]],
    ],
    [
      'datatable(h:string, n:long)["b", 4, "a", 1, "a", 1, "b", 2, "a", 3] | sort by h asc, n asc | project m = row_rank_min(h) | summarize make_list(m)',
      [[[1, 1, 1, 4, 4]]],
    ],
    [
      'datatable(h:string, n:long)["b", 4, "a", 1, "a", 1, "b", 2, "a", 3] | sort by h asc, n asc | extend r = row_number(1, h != prev(h)), c = row_cumsum(n, prev(h) != h), d = row_rank_dense(n, h != prev(h))',
      [
        ['a', 1, 1, 1, 1],
        ['a', 1, 2, 2, 1],
        ['a', 3, 3, 5, 2],
        ['b', 2, 1, 2, 1],
        ['b', 4, 2, 6, 2],
      ],
    ],
    [
      'datatable(h:string, n:long)["b", 4, "a", 1, "a", 1, "b", 2, "a", 3] | sort by h asc, n asc | extend n = row_cumsum(n, n > 2) | project n',
      [[1], [2], [3], [5], [4]],
    ],
    [
      'datatable(h:string, n:long)["b", 4, "a", 1, "a", 1, "b", 2, "a", 3] | sort by h asc, n asc | project d = row_rank_dense(h) | summarize make_list(d)',
      [[[1, 1, 1, 2, 2]]],
    ],
    [
      'datatable(x:long, y:long)[1, 2, 3, 6, 9, 0] | summarize covarianceif(x, y, x < 9), covariancepif(x, y, x < 9)',
      [[4, 2]],
    ],
    ['Events | summarize arg_max(Size, Device) by Ok | where Ok == true | project Size, Device', [[10, 'Alpha-01']]],
    ['Events | summarize arg_max(Size, *) | project Device, Port', [['alpha-02', 80]]],
    ['Events | distinct Ok | count', [[3]]],
    [
      'Events | mv-expand tag = More.tags to typeof(string) | where isnotempty(tag) | project Device, tag',
      [
        ['Alpha-01', 'x'],
        ['Alpha-01', 'y'],
      ],
    ],
    [
      'Events | where isnotnull(Size) | mv-apply tag = More.tags on (summarize n = count()) | project Device, n | sort by n desc | take 1',
      [['Alpha-01', 2]],
    ],
    [
      'Events | join kind=leftouter (datatable(Port:int, Name:string)[443, "https"]) on Port | project Device, Name | where Device startswith "ALPHA" | sort by Device asc',
      [
        ['Alpha-01', 'https'],
        ['alpha-02', ''],
      ],
    ],
    [
      'Events | join kind=leftanti (datatable(Port:int)[443, 80]) on Port | project Device | sort by Device asc',
      [[''], ['Beta']],
    ],
    [
      'Events | lookup kind=inner (datatable(p:int, Name:string)[22, "ssh"]) on $left.Port == $right.p | project Name, Size',
      [['ssh', -5]],
    ],
    ['union withsource=From (Events | project Size), (print Size = 7) | summarize sum(Size)', [[32]]],
    [
      'let limit = 10; let big = (T:(Size:long), n:long) { T | where Size >= n }; Events | invoke big(limit) | count',
      [[2]],
    ],
    ['let ports = dynamic([80, 443]); Events | where Port in (ports) | count', [[2]]],
    ['Events | where Device in~ ((datatable(d:string)["ALPHA-01", "beta"])) | count', [[2]]],
    [
      'Events | parse Device with prefix "-" number:long | where isnotnull(number) | project prefix, number',
      [
        ['Alpha', 1],
        ['alpha', 2],
      ],
    ],
    [
      'Events | sort by Size asc | serialize | extend before = prev(Size), n = row_number() | project n, before',
      [
        [1, null],
        [2, null],
        [3, -5],
        [4, 10],
      ],
    ],
    [
      'Events | make-series n = count() default = 0 on Seen from datetime(2024-05-01) to datetime(2024-05-04) step 1d | project n',
      [[[2, 1, 0]]],
    ],
    ['Events | getschema | where ColumnName == "Seen" | project ColumnType', [['datetime']]],
    ['range x from 1 to 5 step 2 | summarize make_list(x)', [[[1, 3, 5]]]],
    ['search in (Events) "BETA" | project Device', [['Beta']]],
    ['Events | as E | where Size > 0 | union (E | where Port == 22) | count', [[3]]],
  ])('%s', async (query, rows) => {
    expect(await answer(query)).toEqual(rows);
  });
});

describe('scalar functions and operators', () => {
  test.each<[string, unknown]>([
    ['round(geo_distance_2points(0, 0, 0, 90))', 10_007_559],
    ['geo_distance_2points(0, 0, 0, 91)', null],
    ['geo_point_in_circle(13.40, 52.52, 13.38, 52.52, 2000)', true],
    ['geo_point_in_circle(13.40, 52.52, 13.38, 52.52, 1000)', false],
    ['geo_point_in_circle(13.40, 52.52, 13.38, 52.52, -1)', null],
    ['geo_point_to_geohash(10.40744, 57.64911, 11)', 'u4pruydqqvj'],
    ['geo_point_to_geohash(181, 57.6)', ''],
    ['geo_geohash_to_central_point("s").coordinates', [22.5, 22.5]],
    ['isnull(geo_geohash_to_central_point("la"))', true],
    ['indexof_regex("x1y22z333", "[0-9]+")', 1],
    ['indexof_regex("x1y22z333", "[0-9]+", 2)', 3],
    ['indexof_regex("x1y22z333", "[0-9]+", 0, -1, 3)', 6],
    ['indexof_regex("x1y22z333", "[0-9]+", 0, -1, 4)', -1],
    ['indexof_regex("x1y22z333", "[0-9]+", 0, 3, 2)', -1],
    ['indexof_regex("aaa", "a+", 0, -1, 2)', -1],
    ['indexof_regex("aaa", "a+", -2)', null],
    ['has_ipv4_prefix("from 10.1.2.3 to us", "10.1.")', true],
    ['has_ipv4_prefix("from 10.1.2.3 to us", "10.1")', false],
    ['has_any_ipv4_prefix("from 10.1.2.3 to us", "10.1.2.3")', true],
    ['has_any_ipv4("from 10.1.2.300 to us", "10.1.2.300")', false],
    ['make_datetime(2024, 2, 30)', null],
    ['format_ipv4("10.1.2.3/16", 24)', '10.1.0.0'],
    ['format_ipv4("10.1.2.3", 24)', '10.1.2.0'],
    ['format_ipv4("10.1.2.3")', '10.1.2.3'],
    ['make_datetime(2024, 2, 29, 25, 0)', null],
    ['make_datetime(2024, 2, 29, 23, 59)', '2024-02-29T23:59:00.0000000Z'],
    ['1 / 2', 0],
    ['1.0 / 2', 0.5],
    ['1 / 0', null],
    ['bin(-7, 5)', -10],
    ['"Hello world" has "hello"', true],
    ['"Hello world" has "hell"', false],
    ['"Hello_world" has "hello"', true],
    ['"C:\\\\Windows\\\\cmd.exe" has "cmd.exe"', true],
    ['"cmd.exes" has "cmd.exe"', false],
    ['"Straße" contains "STRASSE"', false],
    ['"ÄPFEL" contains "äpfel"', true],
    ['"abc" has_any ("x", "ABC")', true],
    ['"a b" has_all ("a", "c")', false],
    ['"abc" matches regex "^a.c$"', true],
    ['"abc" !contains "B"', false],
    ['"abc" =~ "ABC"', true],
    ['datetime(2024-05-01) + 1d', '2024-05-02T00:00:00.0000000Z'],
    ['datetime(2024-05-02) - datetime(2024-05-01)', '1.00:00:00'],
    ['datetime(2024-05-01 10:11:12.1234567)', '2024-05-01T10:11:12.1234567Z'],
    ['1d + 2h + 3m', '1.02:03:00'],
    ['format_timespan(90061s, "d:hh:mm:ss")', '1:01:01:01'],
    ['format_datetime(datetime(2024-05-01 13:04:05), "yyyy-MM-dd HH:mm")', '2024-05-01 13:04'],
    ['datetime_diff("day", datetime(2024-05-03), datetime(2024-05-01 23:00))', 2],
    ['startofweek(datetime(2024-05-01))', '2024-04-28T00:00:00.0000000Z'],
    ['endofmonth(datetime(2024-02-10))', '2024-02-29T23:59:59.9999999Z'],
    ['tolong("12")', 12],
    ['tolong("twelve")', null],
    ['toint("0xff")', 255],
    ['todatetime("2024-05-01T01:02:03Z")', '2024-05-01T01:02:03.0000000Z'],
    ['totimespan("1.02:03:04")', '1.02:03:04'],
    ['tostring(dynamic({"a":1}))', '{"a":1}'],
    ['tostring(1.5)', '1.5'],
    ['parse_json("{\\"a\\":{\\"b\\":[1,2]}}").a.b[1]', 2],
    ['parse_json("no json")', 'no json'],
    ['parse_json("{\\"a\\":null}").a == ""', true],
    ['isempty(dynamic({"a":null}).a)', true],
    ['array_length(dynamic([1,2,3]))', 3],
    ['array_slice(dynamic([1,2,3,4]), 1, 2)', [2, 3]],
    ['set_difference(dynamic([1,2,3]), dynamic([2]))', [1, 3]],
    ['bag_keys(dynamic({"a":1,"b":2}))', ['a', 'b']],
    ['bag_pack("a", 1, "b", "x")', { a: 1, b: 'x' }],
    ['split("a,b,c", ",")[1]', 'b'],
    ['strcat("a", 1, true)', 'a1true'],
    ['strcat_array(split("a,b", ","), "-")', 'a-b'],
    ['extract("x=([0-9]+)", 1, "a x=42", typeof(long))', 42],
    [
      'extract_all("([a-z])([0-9])", "a1b2")',
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ],
    ['replace_string("aXa", "X", "y")', 'aya'],
    ['substring("abcdef", 1, 3)', 'bcd'],
    ['trim("-+", "--a--")', 'a'],
    ['indexof("abcabc", "c", 3)', 5],
    ['countof("aaa", "aa")', 2],
    ['iff(1 > 2, "a", "b")', 'b'],
    ['case(1 > 2, "a", 2 > 1, "b", "c")', 'b'],
    ['coalesce(int(null), 3)', 3],
    ['max_of(1, 3, 2)', 3],
    ['ipv4_is_private("10.1.2.3")', true],
    ['ipv4_is_in_range("192.168.1.7", "192.168.1.0/24")', true],
    ['ipv4_is_in_range("192.168.2.7", "192.168.1.0/24")', false],
    ['hash_sha256("a")', 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb'],
    ['base64_decode_tostring("aGk=")', 'hi'],
    ['parse_url("https://u:p@h.example:8443/a/b?x=1&y=2#f").Host', 'h.example'],
    ['parse_csv("a,\\"b,c\\"")', ['a', 'b,c']],
    ['toupper("é")', 'É'],
    ['strlen("é")', 1],
    ['round(2.345, 2)', 2.35],
    ['gettype(dynamic([1]))', 'array'],
    ['int(null) == 1', false],
    ['int(null) != 1', true],
    ['int(null) > 1', null],
    ['guid(74be27de-1e4e-49d9-b579-fe0b331d3642)', '74be27de-1e4e-49d9-b579-fe0b331d3642'],
    ['9007199254740993', '9007199254740993'],
    ['real(nan)', 'NaN'],
  ])('%s', async (expression, value) => {
    expect(await answer(`print v = ${expression}`)).toEqual([[value]]);
  });
});

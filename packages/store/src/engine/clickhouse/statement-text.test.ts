import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contentTypeOf, isQuery, isStreamed, namedFormat } from './formats.ts';
import { isInsert, parseRawInsert } from './insert-statement.ts';
import { setStatements, stringLiteral } from './settings.ts';
import { bareSql, changeBareSql, isKillQuery, isSeveral, killByClientId, touchesClientFiles } from './sql-text.ts';

// Texts thick with what quotes and comments are made of.
const sqlText = fc.string({ unit: fc.constantFrom(...'\'"`\\-/*\n\0;a é😀'), maxLength: 30 });

describe('parseRawInsert', () => {
  test.each([
    ['INSERT INTO t FORMAT JSONEachRow', { table: 't', columns: undefined, format: 'JSONEachRow' }],
    ['INSERT INTO db.t (a, b) FORMAT CSV', { table: 'db.t', columns: ['a', 'b'], format: 'CSV' }],
    [
      'insert into table `db`."t"\n(`a`)\nformat JSONCompactEachRow\n;',
      { table: 'db.t', columns: ['a'], format: 'JSONCompactEachRow' },
    ],
    ['INSERT INTO t (* EXCEPT(a)) FORMAT JSONEachRow', undefined],
    ['INSERT INTO t SETTINGS a=1 FORMAT JSONEachRow', undefined],
    ['INSERT INTO `we ird` FORMAT JSONEachRow', undefined],
    ['INSERT INTO FUNCTION file(x) FORMAT JSONEachRow', undefined],
    ['INSERT INTO t FORMAT Parquet', undefined],
    ['INSERT INTO t VALUES', undefined],
    ['SELECT 1', undefined],
  ])('%s', (sql, expected) => {
    expect(parseRawInsert(sql)).toEqual(expected);
  });
});

describe('sql text', () => {
  test.each([
    ["SELECT ';' FROM t", false],
    ['SELECT 1;', false],
    ['SELECT 1; ; ', false],
    ['SELECT 1 -- ; x', false],
    ['SELECT 1; DROP TABLE t', true],
    ["SELECT '\\''; DROP TABLE t", true],
    ["SELECT '''; DROP TABLE t", false],
  ])('isSeveral(%s) is %s', (sql, expected) => {
    expect(isSeveral(sql)).toBe(expected);
  });

  test.each([
    ["SELECT 1 INTO OUTFILE '/x'", true],
    ["select 1 into\n outfile '/x'", true],
    ["INSERT INTO t FROM INFILE '/x'", true],
    ["SELECT 'INTO OUTFILE'", false],
    ['SELECT 1 /* INTO OUTFILE */', false],
  ])('touchesClientFiles(%s) is %s', (sql, expected) => {
    expect(touchesClientFiles(sql)).toBe(expected);
  });

  test('KILL QUERY is by the id of the client, not by what a string says', () => {
    expect(isKillQuery(' kill query WHERE query_id = 1')).toBe(true);
    expect(killByClientId("KILL QUERY WHERE query_id = 'my query_id' SYNC")).toBe(
      "KILL QUERY WHERE Settings['log_comment'] = 'my query_id' SYNC",
    );
  });

  test('changing nothing gives back every text as it was', () => {
    fc.assert(fc.property(sqlText, (text) => changeBareSql(text, (bare) => bare) === text));
  });

  test.each([
    ['one long literal', `'${'a'.repeat(2e7)}'`],
    ['only quotes', "'".repeat(1e6)],
    ['only backslashes in an unclosed literal', `'${'\\\\'.repeat(1e6)}\\`],
    ['many unclosed comments', '/*'.repeat(1e6)],
  ])('%s takes no long time', (_, text) => {
    const began = performance.now();
    expect(isSeveral(`SELECT ${text}`)).toBe(false);
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  test('a string literal hides whatever is in it', () => {
    fc.assert(
      fc.property(sqlText, (text) => {
        expect(bareSql(`SELECT ${stringLiteral(text)} AS a`)).toBe('SELECT   AS a');
      }),
    );
  });
});

test('one SET statement carries the tag, parameters, settings, and readonly last', () => {
  const settings = new Map([
    ['readonly', '1'],
    ['max_result_rows', '5'],
    ['log_comment', 'theirs'],
  ]);
  expect(setStatements("q'1", settings, new Map([['name', 'a\\b']]))).toEqual([
    "SET log_comment = 'q\\'1', param_name = 'a\\\\b', max_result_rows = '5', readonly = '1'",
  ]);
  const [raise, set] = setStatements('q', settings, new Map([['long', 'x'.repeat(500_000)]]));
  expect(raise).toMatch(/^SET max_query_size = 1000\d{3}$/);
  expect(set).toMatch(/, max_query_size = 262144, readonly = '1'$/);
  expect(() => setStatements('q', new Map([['a = 1, b', '2']]), new Map())).toThrow(/Unknown setting/);
});

test.each([
  ['SELECT 1 FORMAT JSON', 'JSON'],
  ['SELECT 1\nformat CSV;\n', 'CSV'],
  ['SELECT 1 FORMAT JSON SETTINGS max_threads=1', 'JSON'],
  ['SELECT format FROM t', undefined],
])('namedFormat(%s) is %s', (sql, expected) => {
  expect(namedFormat(sql)).toBe(expected);
});

test('what is streamed is a query in rows that stand alone', () => {
  expect(['JSONEachRow', 'CSV', 'TabSeparated'].every(isStreamed)).toBe(true);
  expect(['JSON', 'CSVWithNames', 'Parquet'].some(isStreamed)).toBe(false);
  expect(['SELECT 1', '(SELECT 1) UNION ALL SELECT 2', '-- x\nWITH 1 AS a SELECT a'].every(isQuery)).toBe(true);
  expect(['SHOW TABLES', 'INSERT INTO t SELECT 1', 'EXPLAIN SELECT 1'].some(isQuery)).toBe(false);
  expect(isInsert(' insert into t')).toBe(true);
  expect(contentTypeOf('JSON')).toBe('application/json; charset=UTF-8');
  expect(contentTypeOf('Parquet')).toBe('application/octet-stream');
});

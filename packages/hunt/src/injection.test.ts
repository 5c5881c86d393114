import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { compileRead, HuntError, loadKusto, readQuery, type Surroundings } from './index.ts';

const TABLES = new Map([
  [
    'Events',
    [
      { name: 'Text', type: 'string' as const },
      { name: 'Size', type: 'long' as const },
      { name: 'More', type: 'dynamic' as const },
      { name: 'Seen', type: 'datetime' as const },
    ],
  ],
]);
const surroundings: Surroundings = { now: new Date('2024-01-01T00:00:00Z'), table: () => 'SELECT * FROM SCOPED' };

beforeAll(async () => {
  await loadKusto();
}, 60_000);

async function compile(query: string): Promise<string> {
  return compileRead(await readQuery(query, { tables: TABLES, watchlists: new Map() }), surroundings).sql;
}

/** The statement without its quoted parts; what is left was written by the compiler. */
function bare(sql: string): string {
  return sql.replace(/'(?:[^'\\]|\\[\s\S])*'|`(?:[^`\\]|\\[\s\S])*`/g, '?');
}

const HOSTILE = [
  "x' OR 1=1 --",
  "\\' UNION SELECT * FROM system.users --",
  '`; DROP TABLE Events; --',
  "'); SELECT url('http://127.0.0.1') --",
  '\\',
  "\\\\'",
  '/* SECRET */',
  'SECRET\0SECRET',
];

describe('what a query says stays within quotes', () => {
  const kql = (text: string) => JSON.stringify(text).replaceAll('\\u0000', '\\0');
  test.each(
    HOSTILE.flatMap((text) => [
      [`Events | where Text == ${kql(text)}`],
      [`Events | where Text has ${kql(text)}`],
      [`Events | where Text contains ${kql(text)} or Text startswith ${kql(text)} or Text in~ (${kql(text)})`],
      [`Events | where Text has_any (${kql(text)}, "b")`],
      [`Events | extend a = More[${kql(text)}]`],
      [`Events | extend a = extract_json(${kql(`$['${text.replaceAll("'", '')}']`)}, Text)`],
      [`Events | extend [${kql(text.replaceAll('\0', ''))}] = Size`],
      [`Events | extend a = replace_string(Text, ${kql(text)}, ${kql(text)})`],
      [`Events | parse Text with ${kql(text)} a:long ${kql(text)} *`],
      [`print a = dynamic({${kql(text)}: [${kql(text)}]})`],
      [`datatable(a:string)[${kql(text)}] | where a !in (${kql(text)})`],
      [`Events | extend a = format_datetime(Seen, ${kql(text)})`],
    ]),
  )('%s', async (query) => {
    let sql: string;
    try {
      sql = await compile(query);
    } catch (error) {
      expect(error).toBeInstanceOf(HuntError);
      return;
    }
    const left = bare(sql);
    expect(left).not.toMatch(/['`\\;]|--|\/\*|DROP|SECRET|system|url\(|1=1/);
  });

  test('any text at all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 20 }), async (text) => {
        const query = `Events | where Text has ${JSON.stringify(text)} | project x = strcat(Text, ${JSON.stringify(text)})`;
        try {
          expect(bare(await compile(query))).not.toMatch(/['`;]/);
        } catch (error) {
          if (!(error instanceof HuntError)) throw error;
        }
      }),
      { numRuns: 30 },
    );
  });
});

test('every table is read through the resolver', async () => {
  const sql = await compile(
    'let t = Events | take 5; t | join (Events | where Text in (t | project Text)) on Size | union Events | search "x"',
  );
  expect(bare(sql)).not.toMatch(/\bEvents\b/);
  expect(sql.match(/SCOPED/g)?.length).toBeGreaterThan(3);
});

describe('refusals', () => {
  test.each([
    ['Events | where Text matches regex "(?=x)"', 'unsupported', /Look-around/, 34],
    ['Events | scan with (step a: true;)', 'unsupported', /scan/, 9],
    ['externaldata(a:string)["https://x.example/a.csv"]', 'unsupported', /externaldata/, 0],
    ['Nowhere | take 1', 'semantic', /Nowhere/, 0],
    ['Events | wher Size > 1', 'syntax', /./, 9],
    ['let a = 1;', 'semantic', /only has/, 10],
  ])('%s', async (query, kind, message, position) => {
    const error = await compile(query).then(
      () => undefined,
      (reason) => reason,
    );
    expect(error).toBeInstanceOf(HuntError);
    expect([error.class, error.position]).toEqual([kind, position]);
    expect(error.message).toMatch(message);
  });
});

test('broken queries are refused, never crash or hang', async () => {
  const pieces = [
    'Events',
    '|',
    'where',
    'Size',
    '>',
    '1',
    'summarize',
    'count()',
    'by',
    'bin(',
    ')',
    '(',
    'mv-expand',
    'More',
    'extend',
    'x',
    '=',
    ',',
    '"',
    "'",
    '[',
    ']',
    'join',
    'on',
    'let',
    ';',
    '..',
    'datetime(',
    '$left',
    'parse',
    'with',
    '*',
  ];
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...pieces), { maxLength: 14 }), async (words) => {
      try {
        await compile(words.join(' '));
      } catch (error) {
        if (!(error instanceof HuntError)) throw error;
      }
    }),
    { numRuns: 50 },
  );
}, 60_000);

import { describe, expect, it } from 'vitest';
import { holdsFor } from './testing/rule-text.ts';

type Fields = Record<string, unknown>;
type Case = [what: string, selection: string, matches: Fields[], others: Fields[]];

const selection = (text: string) => `selection:\n  ${text.replaceAll('\n', '\n  ')}\ncondition: selection`;

const cases: Case[] = [
  ['texts without regard to case', 'A: Evil', [{ A: 'eVIL' }], [{ A: 'evil ' }, { B: 'evil' }, {}]],
  ['numbers as texts', 'A: 4688', [{ A: 4688 }, { A: '4688' }], [{ A: 46880 }]],
  ['a hexadecimal number as it is written', 'A: 0x17', [{ A: '0x17' }], [{ A: 23 }]],
  ['booleans', 'A: true', [{ A: true }, { A: 'True' }], [{ A: false }]],
  ['lists as one of', "A:\n  - x\n  - 'y*'", [{ A: 'x' }, { A: 'yes' }], [{ A: 'z' }]],
  ['maps as all of', 'A: x\nB: y', [{ A: 'x', B: 'y' }], [{ A: 'x' }, { A: 'x', B: 'z' }]],
  ['lists of maps as one of', '- A: x\n- B: y', [{ A: 'x' }, { B: 'y' }], [{ A: 'y' }]],
  ['contains', 'A|contains: mid', [{ A: 'a MID b' }, { A: 'mid' }], [{ A: 'mi d' }]],
  ['startswith', 'A|startswith: be', [{ A: 'begin' }], [{ A: 'a begin' }]],
  ['endswith', "A|endswith: '\\cmd.exe'", [{ A: 'C:\\CMD.EXE' }], [{ A: 'cmd.exe' }, { A: 'C:\\cmd.exe ' }]],
  ['contains all', 'A|contains|all:\n  - one\n  - two', [{ A: 'two one' }], [{ A: 'one' }]],
  ['any run', "A: 'a*c*e'", [{ A: 'abcde' }, { A: 'ace' }], [{ A: 'abde' }, { A: 'acef' }]],
  ['any character', "A: 'a?c'", [{ A: 'abc' }], [{ A: 'ac' }, { A: 'abbc' }]],
  ['any value at all', "A: '*'", [{ A: 'x' }, { A: '' }], [{}, { A: null }]],
  ['one character at least', "A: '?*'", [{ A: 'x' }], [{ A: '' }, {}]],
  ['an escaped star', "A: 'a\\*b'", [{ A: 'a*b' }], [{ A: 'axb' }]],
  ['an escaped backslash before a star', "A: 'a\\\\*'", [{ A: 'a\\b' }, { A: 'a\\' }], [{ A: 'ab' }]],
  ['three backslashes before a star', "A: 'a\\\\\\*'", [{ A: 'a\\*' }], [{ A: 'a\\b' }]],
  ['four backslashes', "A: '\\\\\\\\host'", [{ A: '\\\\host' }], [{ A: '\\host' }]],
  ['a plain backslash', "A: 'C:\\temp'", [{ A: 'C:\\Temp' }], [{ A: 'C:temp' }]],
  ['empty texts', "A: ''", [{ A: '' }], [{}, { A: ' ' }, { A: null }]],
  ['null', 'A: null', [{}, { A: null }], [{ A: '' }, { A: 0 }]],
  ['exists', 'A|exists: true', [{ A: '' }, { A: null }], [{}]],
  ['exists not', 'A|exists: false', [{}], [{ A: null }]],
  ['cased', 'A|contains|cased: Evil', [{ A: 'xEvil' }], [{ A: 'xevil' }]],
  ['neq', 'A|neq: x', [{ A: 'y' }, {}], [{ A: 'X' }]],
  ['neq of several', 'A|neq:\n  - x\n  - y', [{ A: 'z' }], [{ A: 'y' }]],
  ['a pattern with regard to case', "A|re: 'ab+c'", [{ A: 'xabbcx' }], [{ A: 'ABBC' }]],
  ['a pattern without regard to case', "A|re|i: 'ab+c'", [{ A: 'xABBC' }], [{ A: 'ac' }]],
  ['a pattern line by line', "A|re|m: '^b$'", [{ A: 'a\nb\nc' }], [{ A: 'abc' }]],
  ['a pattern across lines', "A|re|s: 'a.c'", [{ A: 'a\nc' }], [{ A: 'ac' }]],
  ['no dot for a line end', "A|re: 'a.c'", [{ A: 'abc' }], [{ A: 'a\nc' }]],
  [
    'IPv4 networks',
    'A|cidr: 10.0.0.0/8',
    [{ A: '10.1.2.3' }, { A: '::ffff:10.0.0.1' }],
    [{ A: '11.0.0.1' }, { A: '10.0' }],
  ],
  [
    'IPv6 networks',
    'A|cidr: fe80::/10',
    [{ A: 'fe80::1%eth0' }, { A: 'febf::' }],
    [{ A: 'fec0::1' }, { A: '10.0.0.1' }],
  ],
  ['single addresses', 'A|cidr: ::1', [{ A: '0:0:0:0:0:0:0:1' }], [{ A: '::2' }]],
  ['less than', 'A|lt: 5', [{ A: 4 }, { A: '4.5' }, { A: '-1' }], [{ A: 5 }, { A: 'x' }, { A: '' }, {}]],
  ['at least', 'A|gte: 0x10', [{ A: 16 }, { A: '0x11' }], [{ A: 15 }]],
  ['Base64', 'A|base64|contains: foobar', [{ A: 'x Zm9vYmFy y' }], [{ A: 'foobar' }]],
  [
    'Base64 at any offset',
    "A|base64offset|contains: '/bin/bash'",
    ['', 'a', 'ab'].map((before) => ({ A: btoa(`${before}/bin/bash x`) })),
    [{ A: btoa('/bin/sh') }],
  ],
  [
    'wide Base64',
    'A|wide|base64offset|contains: ping',
    ['', 'a', 'ab'].map((before) => ({ A: Buffer.from(`${before}ping 1`, 'utf16le').toString('base64') })),
    [{ A: btoa('ping') }],
  ],
  ['UTF-16 with a mark', 'A|utf16|base64: ab', [{ A: Buffer.from('fffe61006200', 'hex').toString('base64') }], []],
  ['UTF-16 big-endian', 'A|utf16be|base64: ab', [{ A: Buffer.from('00610062', 'hex').toString('base64') }], []],
  ['UTF-16 as bytes', 'A|utf16le: ab', [{ A: 'a\u0000b\u0000' }], [{ A: 'ab' }]],
  [
    'any dash before an option',
    "A|windash|contains: ' -f x-y'",
    ['-', '/', '–', '—', '―'].map((dash) => ({ A: `cmd ${dash}F X-Y` })),
    [{ A: 'cmd +f x-y' }, { A: 'cmd -f x/y' }],
  ],
  ['another field', 'A|fieldref: B', [{ A: 'X', B: 'x' }], [{ A: 'x', B: 'y' }, { A: 'x' }, {}]],
  ['the beginning of another field', 'A|fieldref|startswith: B', [{ A: 'xyz', B: 'XY' }], [{ A: 'xyz', B: 'yz' }]],
  ['another field, and different', 'A|fieldref|neq: B', [{ A: 'x', B: 'y' }], [{ A: 'x', B: 'x' }]],
  ['minutes', 'A|minute: 7', [{ A: '2026-03-01T10:07:59+02:00' }], [{ A: '2026-03-01T10:08:00Z' }]],
  [
    'hours compared',
    'A|hour|gte: 22',
    [{ A: '2026-03-01 23:00:00.123' }],
    [{ A: '2026-03-01 21:59:59' }, { A: 'never' }],
  ],
  ['days, months and years', 'A|day: 29\nA|month: 2\nA|year: 2028', [{ A: '2028-02-29' }], [{ A: '2028-02-28' }]],
  ['weeks', 'A|week: 1', [{ A: '2024-12-30' }, { A: '2026-01-01' }], [{ A: '2026-01-05' }]],
  ['times in milliseconds', 'A|year: 2026', [{ A: 1_772_000_000_000 }, { A: 1_772_000_000 }], [{ A: 5 }]],
  [
    'nested fields',
    'a.b.c: x',
    [{ a: { b: { c: 'x' } } }, { 'a.b.c': 'x' }, { a: { 'b.c': 'x' } }],
    [{ a: { b: 'x' } }, { c: 'x' }],
  ],
  ['any element of an array', 'A: x', [{ A: ['w', 'x'] }, { A: [['x']] }], [{ A: ['w'] }, { A: [] }]],
  ['arrays on the way', 'a.b: x', [{ a: [{ b: 'y' }, { b: ['x'] }] }], [{ a: [{ c: 'x' }] }]],
  ['objects as JSON', 'A|contains: \'"k":"v"\'', [{ A: { k: 'v' } }], [{ A: { k: 'w' } }]],
  ['names that objects inherit', 'constructor: null\ntoString: null', [{}], [{ constructor: 'x' }]],
  [
    'keywords in any value',
    '- Evil\n- worse*thing',
    [{ A: 'an evil day' }, { b: { c: ['worse some thing'] } }],
    [{ Evil: 'good' }, {}],
  ],
  ['a keyword that is a number', '- 4688', [{ A: 4688 }, { A: 'x4688y' }], [{ A: 468 }]],
  ['all keywords', "'|all':\n  - one\n  - two", [{ A: 'one', B: 'two' }], [{ A: 'one' }]],
  ['keywords as patterns', "'|re': 'o.e'", [{ A: 'one' }], [{ A: 'oe' }]],
];

describe.each(['every', 'index'] as const)('a selection, strategy %s', (strategy) => {
  it.each(cases)('compares %s', (_, text, matches, others) => {
    for (const fields of matches)
      expect([fields, holdsFor(selection(text), fields, {}, { strategy })]).toEqual([fields, true]);
    for (const fields of others)
      expect([fields, holdsFor(selection(text), fields, {}, { strategy })]).toEqual([fields, false]);
  });
});

describe('placeholders', () => {
  const placeholders = { admins: ['root', 'adm_*'], sites: ['a', 'b'] };

  it('stand for their values, in all combinations', () => {
    const text = selection("A|expand: '%admins%@%sites%'");
    expect(holdsFor(text, { A: 'adm_joe@b' }, placeholders)).toBe(true);
    expect(holdsFor(text, { A: 'joe@b' }, placeholders)).toBe(false);
  });

  it('are plain text without "expand" and behind a backslash', () => {
    expect(holdsFor(selection("A: '%admins%'"), { A: '%admins%' }, placeholders)).toBe(true);
    expect(holdsFor(selection("A|expand: '\\%x%sites%'"), { A: '%xa' }, placeholders)).toBe(true);
  });

  it('refuse the rule when they are not defined', () => {
    expect(() => holdsFor(selection("A|expand: '%nobody%'"), {})).toThrow('%nobody% is not defined');
  });
});

describe('a condition', () => {
  const identifiers = 'sel_a:\n  A: 1\nsel_b:\n  B: 1\nfilter:\n  C: 1\n_hidden:\n  D: 1\n';
  const rows: [condition: string, truth: (a: boolean, b: boolean, c: boolean, d: boolean) => boolean][] = [
    ['sel_a and sel_b', (a, b) => a && b],
    ['sel_a or sel_b and filter', (a, b, c) => a || (b && c)],
    ['(sel_a or sel_b) and filter', (a, b, c) => (a || b) && c],
    ['not sel_a and sel_b', (a, b) => !a && b],
    ['not (sel_a and sel_b)', (a, b) => !(a && b)],
    ['not not sel_a', (a) => a],
    ['1 of sel_*', (a, b) => a || b],
    ['any of sel_*', (a, b) => a || b],
    ['all of sel_*', (a, b) => a && b],
    ['all of sel_* and not 1 of filter*', (a, b, c) => a && b && !c],
    ['1 of them', (a, b, c) => a || b || c],
    ['all of them', (a, b, c) => a && b && c],
    ['1 of _hid*', (_a, _b, _c, d) => d],
    ['1 of *_b or filter', (_a, b, c) => b || c],
    ['sel_a AND NOT sel_b', (a, b) => a && !b],
    ['[sel_a, sel_b and filter]', (a, b, c) => a || (b && c)],
  ];

  it.each(rows)('says %s', (condition, truth) => {
    for (let bits = 0; bits < 16; bits++) {
      const [a, b, c, d] = [1, 2, 4, 8].map((bit) => (bits & bit) !== 0) as [boolean, boolean, boolean, boolean];
      const fields = { ...(a && { A: 1 }), ...(b && { B: 1 }), ...(c && { C: 1 }), ...(d && { D: 1 }) };
      for (const strategy of ['every', 'index'] as const) {
        expect(holdsFor(`${identifiers}condition: ${condition}`, fields, {}, { strategy })).toBe(truth(a, b, c, d));
      }
    }
  });

  it.each([
    ['sel_a and', 'ends where'],
    ['sel_x', '"sel_x"'],
    ['1 of nothing*', 'no search identifier is called "nothing*"'],
    ['sel_a sel_b', 'has "sel_b"'],
    ['(sel_a', 'not closed'],
    ['sel_a | count() > 5', 'correlation rule'],
    ["''", 'empty'],
  ])('is refused: %s', (condition, reason) => {
    expect(() => holdsFor(`${identifiers}condition: ${condition}`, {})).toThrow(reason);
  });
});

describe('a rule is refused', () => {
  it.each([
    ['an unknown modifier', 'A|like: x', 'no modifier "like"'],
    ['two kinds of value', 'A|re|cidr: x', '"cidr" does not go'],
    ['a place for a network', 'A|cidr|contains: 10.0.0.0/8', '"contains" compares texts'],
    ['lookaround', "A|re: '(?=x)y'", 'regular expression'],
    ['a back reference', "A|re: '(x)\\1'", 'regular expression'],
    ['a malformed pattern', "A|re: '(x'", 'regular expression'],
    ['a malformed network', 'A|cidr: 10.0.0.0/33', 'not a network'],
    ['a text for a number', 'A|gt: many', 'not a number'],
    ['wildcards in Base64', "A|base64: 'a*'", 'plain texts'],
    ['a map for a value', 'A:\n  B: x', 'not with a map'],
    ['an empty list', 'A: []', 'no value'],
    ['null with a place', 'A|contains: null', 'null'],
    ['flags without a pattern', 'A|i: x', 'only after "re"'],
  ])('for %s', (_, text, reason) => {
    expect(() => holdsFor(selection(text), {})).toThrow(reason);
  });
});

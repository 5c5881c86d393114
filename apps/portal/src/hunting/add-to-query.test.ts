import { describe, expect, it } from 'vitest';
import { addToQuery } from './add-to-query.ts';

const text = { name: 'FileName', type: 'string' } as const;

describe('a value of a result goes into the query', () => {
  it.each([
    [text, 'a"b\\c', 'include', 'where FileName == "a\\"b\\\\c"'],
    [text, 'cmd.exe', 'exclude', 'where FileName != "cmd.exe"'],
    [text, 'cmd', 'contains', 'where FileName contains "cmd"'],
    [{ name: 'Count', type: 'long' }, 5, 'include', 'where Count == long(5)'],
    [{ name: 'Count', type: 'long' }, null, 'exclude', 'where isnotnull(Count)'],
    [
      { name: 'Timestamp', type: 'datetime' },
      '2026-03-11T09:41:32.1180000Z',
      'after',
      'where Timestamp >= datetime(2026-03-11T09:41:32.1180000Z)',
    ],
    [{ name: 'Extra', type: 'dynamic' }, { a: 1 }, 'include', 'where tostring(Extra) == "{\\"a\\":1}"'],
    [{ name: "odd'name", type: 'int' }, 1, 'include', "where ['odd\\'name'] == 1"],
  ] as const)('%j %j %s', (column, value, how, line) => {
    expect(addToQuery('T\n| take 3\n| project A', column, value, how)).toBe(`T\n| take 3\n| project A\n| ${line}`);
  });

  it('before what ends the query', () => {
    expect(addToQuery('T\n| take 100\n', text, 'x', 'include')).toBe('T\n| where FileName == "x"\n| take 100');
    expect(addToQuery('T\n| render piechart', text, 'x', 'exclude')).toBe(
      'T\n| where FileName != "x"\n| render piechart',
    );
  });
});

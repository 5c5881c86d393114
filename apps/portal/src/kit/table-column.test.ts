import { expect, test } from 'vitest';
import { type Column, nextSort, selectRows, shownColumns } from './table-column.ts';

const column = (id: string, more: Partial<Column<unknown>> = {}): Column<unknown> => ({
  id,
  header: id,
  width: '1fr',
  cell: () => null,
  ...more,
});

test.each([
  [undefined, 'name', { column: 'name', direction: 'desc' }],
  [{ column: 'name', direction: 'desc' } as const, 'name', { column: 'name', direction: 'asc' }],
  [{ column: 'name', direction: 'asc' } as const, 'name', { column: 'name', direction: 'desc' }],
  [{ column: 'name', direction: 'asc' } as const, 'id', { column: 'id', direction: 'desc' }],
])('sort %j and a press on %s', (now, pressed, expected) => {
  expect(nextSort(now, pressed)).toEqual(expected);
});

test('columns go when hidden or when there is no room, but never when fixed', () => {
  const columns = [column('name', { fixed: true }), column('id'), column('scope', { from: 800 })];
  const ids = (hidden: string[], width: number) => shownColumns(columns, hidden, width).map(({ id }) => id);
  expect(ids([], 1000)).toEqual(['name', 'id', 'scope']);
  expect(ids([], 799)).toEqual(['name', 'id']);
  expect(ids(['name', 'id'], 1000)).toEqual(['name', 'scope']);
});

test.each([
  ['b', undefined, ['x'], ['b', 'x']],
  ['x', undefined, ['x'], []],
  ['d', 'b', [], ['b', 'c', 'd']],
  ['a', 'c', ['d'], ['a', 'b', 'c', 'd']],
  ['a', 'gone', [], ['a']],
])('pressing %s with anchor %s', (key, anchor, selected, expected) => {
  expect([...selectRows(['a', 'b', 'c', 'd'], new Set(selected), key, anchor)].sort()).toEqual(expected);
});

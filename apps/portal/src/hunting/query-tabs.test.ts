import { describe, expect, it } from 'vitest';
import { activeQuery, addTab, closeTab, firstTab, openQuery, readTabs, writeQuery } from './query-tabs.ts';

describe('tabs of the editor', () => {
  it('open a query where it is, where there is room, or beside', () => {
    const one = openQuery(firstTab, 'A | count');
    expect(one.tabs).toHaveLength(1);
    const two = openQuery(one, 'B | count', 'Bs');
    expect(two.tabs.map(({ name }) => name)).toEqual(['Query 1', 'Bs']);
    expect(openQuery(two, 'A | count')).toEqual({ ...two, active: 1 });
  });

  it('close to the neighbour, and never to none', () => {
    const three = addTab(addTab(writeQuery(firstTab, 'A'), 'B'), 'C');
    expect(activeQuery(closeTab(three, 3))).toBe('B');
    expect(closeTab(three, 1).active).toBe(3);
    expect(closeTab(closeTab(closeTab(three, 1), 2), 3)).toEqual(firstTab);
  });

  it('come back as they were kept, and whole from anything', () => {
    const two = addTab(writeQuery(firstTab, 'A'), 'B');
    expect(readTabs(JSON.stringify(two))).toEqual(two);
    for (const odd of ['', '{}', '[]', 'null', '{"tabs":[{"id":"x"}]}', '{"tabs":3}'])
      expect(readTabs(odd)).toEqual(firstTab);
  });
});

import { describe, expect, it } from 'vitest';
import { huntingTables } from './index.ts';

const TYPES = ['bool', 'datetime', 'dynamic', 'guid', 'int', 'long', 'real', 'string'];

describe('hunting tables', () => {
  it('name every column once, with a type of KQL', () => {
    for (const [table, columns] of huntingTables()) {
      expect(new Set(columns.map(({ name }) => name)).size, table).toBe(columns.length);
      for (const { name, type } of columns) {
        expect(name, table).toMatch(/^[A-Za-z_]\w*$/);
        expect(TYPES, `${table}.${name}`).toContain(type);
      }
    }
  });

  it('answer to both times a query may ask for', () => {
    const columns = huntingTables().get('DeviceProcessEvents') ?? [];
    expect(columns.slice(0, 2)).toEqual([
      { name: 'Timestamp', type: 'datetime' },
      { name: 'TimeGenerated', type: 'datetime' },
    ]);
    expect(columns.map(({ name }) => name)).toContain('InitiatingProcessCommandLine');
  });
});

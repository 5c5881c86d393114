import type { HuntingTableSummary } from '@throughline/model';
import { huntingTables } from '@throughline/model/hunting';
import { type HuntingStore, selectRows } from './hunting-store.ts';
import { listPartitions } from './partitions.ts';
import { stringLiteral } from './sql-literal.ts';
import { scopedTable, type TelemetryScope } from './telemetry-scope.ts';

type Facts = { name: string; rows: number; oldest: string; newest: string };

/** Every hunting table with what it holds for the scope. `bytes` as stored; null when the scope leaves rows out. */
export async function listHuntingTables(store: HuntingStore, scope: TelemetryScope): Promise<HuntingTableSummary[]> {
  await store.ready();
  const bytes = new Map<string, number>();
  for (const partition of await listPartitions(store.client, scope.tenantId)) {
    if (!huntingTables().has(partition.table)) continue;
    bytes.set(partition.table, (bytes.get(partition.table) ?? 0) + partition.bytes);
  }
  const selects = [...bytes.keys()].map(
    (table) => `SELECT ${stringLiteral(table)} AS name, count() AS rows,
      concat(replaceOne(toString(min(Timestamp)), ' ', 'T'), 'Z') AS oldest,
      concat(replaceOne(toString(max(Timestamp)), ' ', 'T'), 'Z') AS newest FROM ${scopedTable(scope, table)}`,
  );
  const facts = selects.length === 0 ? [] : await selectRows<Facts>(store.client, selects.join(' UNION ALL '));
  const known = new Map(facts.filter(({ rows }) => rows > 0).map((fact) => [fact.name, fact]));
  const whole = scope.devices === null && scope.sources === null;
  return [...huntingTables()].map(([name, columns]) => {
    const fact = known.get(name);
    return {
      name,
      columns: columns.map((column) => ({ ...column })),
      rows: fact?.rows ?? 0,
      bytes: whole ? (fact === undefined ? 0 : (bytes.get(name) ?? 0)) : null,
      oldest: fact?.oldest ?? null,
      newest: fact?.newest ?? null,
    };
  });
}

import type { RawRecord } from '@throughline/model';
import { type HuntingStore, selectRows } from './hunting-store.ts';
import { identifier, stringLiteral } from './sql-literal.ts';
import { rawTable } from './table-definition.ts';
import { scopedTable, type TelemetryScope } from './telemetry-scope.ts';

const dayMs = 86_400_000;

/**
 * The raw record of a key, or null when there is none that the scope allows: who sees all sees each, others those of which
 * they see a row.
 */
export async function rawRecord(store: HuntingStore, scope: TelemetryScope, key: string): Promise<RawRecord | null> {
  await store.ready();
  const [found] = await selectRows<Omit<RawRecord, 'key'>>(
    store.client,
    `SELECT _source AS source, format, text,
        concat(replaceOne(toString(time), ' ', 'T'), 'Z') AS eventDateTime,
        concat(replaceOne(toString(_ingested), ' ', 'T'), 'Z') AS receivedDateTime
      FROM ${identifier(rawTable)} WHERE _tenant = ${stringLiteral(scope.tenantId)} AND _record = ${stringLiteral(key)}
      LIMIT 1`,
  );
  if (found === undefined) return null;
  const isSeen = (scope.devices === null && scope.sources === null) || (await seesRowOf(store, scope, key));
  return isSeen ? { key, ...found } : null;
}

async function seesRowOf(store: HuntingStore, scope: TelemetryScope, key: string): Promise<boolean> {
  const names = await selectRows<{ table: string }>(
    store.client,
    `SELECT DISTINCT table FROM system.parts WHERE active AND database = currentDatabase() AND table != ${stringLiteral(rawTable)}`,
  );
  // The key begins with the time of the event: rows of it lie near.
  const time = Number.parseInt(key.slice(0, key.indexOf('-')), 36);
  if (Number.isNaN(time) || names.length === 0) return false;
  const near = [time - dayMs, time + dayMs].map((ms) => `fromUnixTimestamp64Milli(${ms}, 'UTC')`);
  const selects = names.map(
    ({ table }) => `SELECT 1 FROM ${scopedTable(scope, table)}
      WHERE _record = ${stringLiteral(key)} AND Timestamp BETWEEN ${near.join(' AND ')}`,
  );
  return (await selectRows(store.client, `SELECT 1 FROM (${selects.join(' UNION ALL ')}) LIMIT 1`)).length > 0;
}

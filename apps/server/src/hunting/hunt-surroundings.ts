import type { Surroundings } from '@throughline/hunt';
import { huntingTables } from '@throughline/model/hunting';
import { scopedTable, type TelemetryScope } from '@throughline/store';

/** What queries may name. */
export const huntCatalogue = { tables: huntingTables(), watchlists: new Map<string, readonly string[]>() };

/** What a query of this person sees: their rows, and of these the ones within the time asked for. */
export function surroundingsOf(
  scope: TelemetryScope,
  now: Date,
  { from, to }: { from?: Date | undefined; to?: Date | undefined },
): Surroundings {
  const within = [
    ...(from === undefined ? [] : [`Timestamp >= parseDateTime64BestEffort('${from.toISOString()}', 7)`]),
    ...(to === undefined ? [] : [`Timestamp < parseDateTime64BestEffort('${to.toISOString()}', 7)`]),
  ];
  return {
    now,
    table: (name) => {
      const seen = scopedTable(scope, name);
      return within.length === 0 ? seen : `SELECT * FROM ${seen} WHERE ${within.join(' AND ')}`;
    },
  };
}

import type { IncidentListQuery, IncidentPage } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { allOf, incidentConditions, ofKind } from './incident-conditions.ts';
import { type IncidentColumns, incidentRowColumns, toIncidentRow } from './incident-row.ts';
import { afterCursor, cursorAfter, type Keyset, orderBy, type SortKey } from './keyset.ts';
import { searchAssets } from './search-assets.ts';
import type { Condition, Viewer } from './viewer.ts';

const sortKeys: Record<IncidentListQuery['sort'], SortKey> = {
  lastUpdate: { expression: sql.ref('i.updated_at'), type: 'timestamptz' },
  lastActivity: { expression: sql.ref('i.last_activity'), type: 'timestamptz' },
  // Incidents are numbered in the order of their creation.
  created: { expression: sql.ref('i.id'), type: 'integer' },
  priority: { expression: sql.ref('i.priority_score'), type: 'integer' },
  severity: { expression: sql.ref('i.severity'), type: 'integer' },
  alerts: { expression: sql.ref('i.alerts_total'), type: 'integer' },
  // A cursor holds the value: eighty characters decide the order, then the id.
  name: { expression: sql`left(i.display_name, 80)`, type: 'text' },
  id: { expression: sql.ref('i.id'), type: 'integer' },
};

/**
 * A page of the queue: what the filter lets through in the asked order, with exact totals of incidents (of the kind asked
 * for) and of background groups under the same filter.
 *
 * @throws QueryError for a cursor of another list or order, or a text that cannot be searched for.
 */
export async function listIncidents(db: Db, viewer: Viewer, query: IncidentListQuery): Promise<IncidentPage> {
  const { sort, dir, limit, cursor, ...filter } = query;
  const conditions = incidentConditions(viewer, filter, await searchAssets(db, viewer, filter.q));
  const order = queueOrder(sort, dir);
  const [rows, totals] = await Promise.all([
    incidentRows(db, viewer, [...conditions, ofKind(filter.kind)], order, limit + 1, cursor),
    countIncidents(db, conditions),
  ]);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map(toIncidentRow),
    total: filter.kind === 'all' ? totals.incidents + totals.background : kindTotal(totals, filter.kind),
    backgroundTotal: totals.background,
    next: rows.length > limit && last ? cursorAfter(order, last) : null,
  };
}

/** One of the orders of the queue. */
export function queueOrder(sort: IncidentListQuery['sort'], dir: 'asc' | 'desc'): Keyset {
  return { name: sort, dir, key: sortKeys[sort], id: sql.ref('i.id') };
}

/** Rows of `incident i` under `conditions` after a cursor; `k` is the sort value. */
export async function incidentRows(
  db: Db,
  viewer: Viewer,
  conditions: readonly Condition[],
  order: Keyset,
  limit: number,
  cursor: string | undefined,
): Promise<(IncidentColumns & { k: unknown })[]> {
  const after = afterCursor(order, cursor);
  const where = allOf(after ? [...conditions, after] : conditions);
  // The inner query finds the page by an index alone where it can; only the page's rows are read whole.
  const { rows } = await sql<IncidentColumns & { k: unknown }>`
    select ${incidentRowColumns(viewer)}, page.k from (
      select i.id, ${order.key.expression} as k from incident i where ${where} order by ${orderBy(order)} limit ${limit}
    ) page join incident i on i.tenant_id = ${viewer.tenantId} and i.id = page.id
    order by ${orderBy({ ...order, key: { ...order.key, expression: sql`page.k` } })}`.execute(db);
  return rows;
}

type Totals = { incidents: number; background: number };

async function countIncidents(db: Db, conditions: readonly Condition[]): Promise<Totals> {
  const { rows } = await sql<Totals>`
    select count(*) filter (where i.kind = 'incident') as incidents,
           count(*) filter (where i.kind = 'background') as background
    from incident i where ${allOf(conditions)}`.execute(db);
  return rows[0] ?? { incidents: 0, background: 0 };
}

function kindTotal(totals: Totals, kind: 'incident' | 'background'): number {
  return kind === 'incident' ? totals.incidents : totals.background;
}

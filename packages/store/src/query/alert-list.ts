import type { AlertListQuery, AlertPage, AssetBadge } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { alertConditions } from './alert-conditions.ts';
import type { Sentence } from './alert-link.ts';
import { type AlertColumns, alertRowColumns, assetsOfAlert, toAlertRow } from './alert-row.ts';
import { allOf } from './incident-conditions.ts';
import { afterCursor, cursorAfter, type Keyset, orderBy, type SortKey } from './keyset.ts';
import type { Viewer } from './viewer.ts';
import { visibleDecisions } from './visible-decision.ts';

const sortKeys: Record<AlertListQuery['sort'], SortKey> = {
  lastActivity: { expression: sql.ref('a.last_activity'), type: 'timestamptz' },
  firstActivity: { expression: sql.ref('a.first_activity'), type: 'timestamptz' },
  created: { expression: sql.ref('a.created_at'), type: 'timestamptz' },
  severity: { expression: sql.ref('a.severity'), type: 'integer' },
  title: { expression: sql`left(a.title, 80)`, type: 'text' },
};

/**
 * A page of alerts under the filter, with the exact total. `sentence` says each link's reason in words. For the alerts of
 * one incident give `incident`; a merged incident's id lists the survivor's alerts.
 *
 * @throws QueryError for a cursor of another list or order, or a text that cannot be searched for.
 */
export async function listAlerts(
  db: Db,
  viewer: Viewer,
  query: AlertListQuery,
  sentence: Sentence,
): Promise<AlertPage> {
  const { sort, dir, limit, cursor, ...filter } = query;
  const conditions = alertConditions(viewer, filter);
  const order: Keyset = { name: sort, dir, key: sortKeys[sort], id: sql.ref('a.seq') };
  const after = afterCursor(order, cursor);
  const page = sql<AlertColumns & { k: unknown; assets: AssetBadge[] }>`
    select ${alertRowColumns}, page.k, ${assetsOfAlert(viewer, sql.ref('a.seq'))} as assets
    from (
      select a.seq, ${order.key.expression} as k from alert a
      where ${allOf(after ? [...conditions, after] : conditions)} order by ${orderBy(order)} limit ${limit + 1}
    ) page
    join alert a on a.seq = page.seq
    join incident i on i.tenant_id = a.tenant_id and i.id = a.incident_id
    order by ${orderBy({ ...order, key: { ...order.key, expression: sql`page.k` } })}`;
  const count = sql<{ total: number }>`select count(*) as total from alert a where ${allOf(conditions)}`;
  const [{ rows }, counted] = await Promise.all([page.execute(db), count.execute(db)]);
  const shown = await visibleDecisions(db, viewer, rows.slice(0, limit));
  const last = shown.at(-1);
  return {
    items: shown.map((row) => toAlertRow(row, sentence)),
    total: counted.rows[0]?.total ?? 0,
    next: rows.length > limit && last ? cursorAfter(order, { k: last.k, id: last.seq }) : null,
  };
}

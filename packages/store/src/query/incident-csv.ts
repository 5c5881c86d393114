import type { IncidentFilter, IncidentListQuery, IncidentRow } from '@throughline/model';
import type { Db } from '../database.ts';
import { csvLine } from './csv-line.ts';
import { incidentConditions, ofKind } from './incident-conditions.ts';
import { incidentRows, queueOrder } from './incident-list.ts';
import { toIncidentRow } from './incident-row.ts';
import { cursorAfter } from './keyset.ts';
import { searchAssets } from './search-assets.ts';
import type { Viewer } from './viewer.ts';

/** Every column of the export, in order, by the name that asks for it. */
const columns = {
  id: ['Incident id', (row) => row.id],
  name: ['Name', (row) => row.displayName],
  priority: ['Priority', (row) => row.priorityScore],
  severity: ['Severity', (row) => row.severity],
  status: ['Status', (row) => row.status],
  assignedTo: ['Assigned to', (row) => row.assignedTo],
  classification: ['Classification', (row) => row.classification],
  determination: ['Determination', (row) => row.determination],
  tags: ['Tags', (row) => [...row.customTags, ...row.systemTags]],
  reason: ['Reason', (row) => row.reason],
  tactics: ['Tactics', (row) => row.tactics],
  serviceSources: ['Service sources', (row) => row.serviceSources],
  detectionSources: ['Detection sources', (row) => row.detectionSources],
  deviceGroups: ['Device groups', (row) => row.deviceGroups.map(({ name }) => name)],
  alertsActive: ['Active alerts', (row) => row.alertsActive],
  alertsTotal: ['Alerts', (row) => row.alertsTotal],
  devices: ['Devices', (row) => row.scope.devices],
  users: ['Users', (row) => row.scope.users],
  mailboxes: ['Mailboxes', (row) => row.scope.mailboxes],
  apps: ['Apps', (row) => row.scope.apps],
  cloudResources: ['Cloud resources', (row) => row.scope.cloudResources],
  firstActivity: ['First activity (UTC)', (row) => row.firstActivityDateTime],
  lastActivity: ['Last activity (UTC)', (row) => row.lastActivityDateTime],
  created: ['Created (UTC)', (row) => row.createdDateTime],
  lastUpdate: ['Last update (UTC)', (row) => row.lastUpdateDateTime],
} as const satisfies Record<string, readonly [string, (row: IncidentRow) => CellValue]>;

type CellValue = string | number | null | readonly string[];
export type CsvColumn = keyof typeof columns;
export const csvColumns = Object.keys(columns) as CsvColumn[];

/** How to write the export: order, columns, and the most rows (default 10,000). */
export type CsvOptions = {
  sort?: IncidentListQuery['sort'];
  dir?: 'asc' | 'desc';
  columns?: readonly CsvColumn[];
  limit?: number;
};

const pageSize = 500;

/**
 * The queue under a filter as CSV (RFC 4180, UTF-8 with byte-order mark so that spreadsheets read it right), a chunk of
 * lines at a time; holds one page in memory.
 *
 * @throws QueryError when a text cannot be searched for.
 */
export async function* incidentCsv(
  db: Db,
  viewer: Viewer,
  filter: IncidentFilter,
  { sort = 'lastUpdate', dir = 'desc', columns: names = csvColumns, limit = 10_000 }: CsvOptions = {},
): AsyncGenerator<string, void, void> {
  const hits = await searchAssets(db, viewer, filter.q);
  const conditions = [...incidentConditions(viewer, filter, hits), ofKind(filter.kind)];
  const order = queueOrder(sort, dir);
  yield `\uFEFF${csvLine(names.map((name) => columns[name][0]))}`;
  let cursor: string | undefined;
  for (let left = limit; left > 0; left -= pageSize) {
    const size = Math.min(left, pageSize);
    const rows = await incidentRows(db, viewer, conditions, order, size, cursor);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map((row) => csvLine(cellsOf(toIncidentRow(row), names))).join('');
    if (rows.length < size) return;
    cursor = cursorAfter(order, last);
  }
}

function cellsOf(row: IncidentRow, names: readonly CsvColumn[]): (string | number | null)[] {
  return names.map((name) => {
    const value: CellValue = columns[name][1](row);
    return typeof value === 'object' && value !== null ? value.join('; ') : value;
  });
}

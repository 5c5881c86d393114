import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { IncidentChange, IncidentRow } from '@throughline/model';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { incidentsQuery, matchingRows, summaryQuery } from '../api/incidents.ts';
import { firstRunQuery } from '../api/operate.ts';
import {
  Banner,
  Button,
  type Column,
  EmptyState,
  ErrorState,
  nextSort,
  SeverityBar,
  SkeletonRows,
  Table,
  useLate,
} from '../kit/index.ts';
import { useChangeIncidents } from '../manage/change.ts';
import { MergeDialog } from '../rearrange/merge-dialog.tsx';
import { Announcement } from './announcement.tsx';
import { useArrivals } from './arrivals.ts';
import { BackgroundLine } from './background-line.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { FirstRun } from './first-run.tsx';
import { IncidentPanel } from './incident-panel.tsx';
import { rememberList } from './last-list.ts';
import { queueColumns } from './queue-columns.tsx';
import { QueueFilters } from './queue-filters.tsx';
import { useQueueKeys } from './queue-keys.ts';
import {
  changedFilters,
  clearFilters,
  listQuery,
  type QueueSort,
  type QueueState,
  readQueue,
  sorts,
  writeQueue,
} from './queue-state.ts';
import { QueueStrip } from './queue-strip.tsx';
import { SummaryLine } from './summary-line.tsx';

const mostSelected = 2_000;
const rowKey = (row: IncidentRow) => String(row.id);
const rowLabel = (row: IncidentRow) => `incident ${row.id}, ${row.displayName}`;
const rowEdge = (row: IncidentRow) => <SeverityBar severity={row.severity} />;

export function QueuePage() {
  const search = useSearch({ from: '/shell/incidents' });
  const navigate = useNavigate();
  const client = useQueryClient();
  const state = useMemo(() => readQueue(search), [search]);
  const [active, setActive] = useState<string>();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [merging, setMerging] = useState(false);
  const seen = useRef(new Map<string, IncidentRow>());
  const save = useChangeIncidents();

  const change = useCallback(
    (part: Partial<QueueState>, replace = false) =>
      void navigate({ to: '/incidents', search: (now) => writeQueue({ ...readQueue(now), ...part }), replace }),
    [navigate],
  );
  const query = useMemo(() => listQuery(state), [state]);
  const list = useInfiniteQuery(incidentsQuery(query));
  const { data: summary } = useQuery(summaryQuery);
  const { data: firstRun } = useQuery(firstRunQuery);
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const total = list.data?.pages[0]?.total;
  const { refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = list;
  const arrivals = useArrivals(
    rows,
    useCallback(() => void refetch(), [refetch]),
  );
  useEffect(
    () =>
      rememberList(
        search,
        rows.map(({ id }) => id),
      ),
    [search, rows],
  );
  const late = useLate(list.isPending);

  const compact = state.rows === 'compact';
  const columns = useMemo(() => queueColumns(compact), [compact]);
  const index = Math.max(
    0,
    rows.findIndex((row) => rowKey(row) === active),
  );
  const openPanel = useCallback(
    (row: IncidentRow) => change({ panel: row.id }, state.panel !== 0),
    [change, state.panel],
  );
  const openPage = useCallback(
    (row: IncidentRow) => {
      void navigate({ to: '/incidents/$incidentId/$tab', params: { incidentId: String(row.id), tab: 'summary' } });
    },
    [navigate],
  );
  const moveTo = useCallback(
    (to: number) => {
      const row = rows[Math.max(0, Math.min(rows.length - 1, to))];
      if (!row) return;
      setActive(rowKey(row));
      if (state.panel !== 0) change({ panel: row.id }, true);
    },
    [rows, state.panel, change],
  );
  useQueueKeys({
    rows,
    index: active === undefined ? -1 : index,
    selected,
    panelOpen: state.panel !== 0,
    onSelect: setSelected,
    onMove: moveTo,
    onOpen: openPage,
    onPanel: (row) => (state.panel === row.id ? change({ panel: 0 }, true) : openPanel(row)),
    onShowNew: arrivals.show,
    onMine: (row, me) => void save([row], { assignedTo: me }, `${row.id} assigned to you`),
  });

  const changeSelected = async (what: IncidentChange, words: string) => {
    for (const row of rows) seen.current.set(rowKey(row), row);
    const chosen = [...selected].flatMap((key) => seen.current.get(key) ?? []);
    await save(
      chosen,
      what,
      `${chosen.length.toLocaleString('en')} ${chosen.length === 1 ? 'incident' : 'incidents'} ${words}`,
    );
  };
  const selectAll = async () => {
    const matching = await matchingRows(query, mostSelected);
    for (const row of matching) seen.current.set(rowKey(row), row);
    setSelected(new Set(matching.map(rowKey)));
  };
  const reachEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  if (firstRun && !firstRun.hasAlerts && total === 0) return <FirstRun state={firstRun} />;
  return (
    <div className="flex h-full min-h-0">
      <main className="flex min-w-0 flex-1 flex-col">
        <div className="flex flex-col gap-2 px-4 pt-2 pb-2">
          <div className="@container flex items-center gap-x-8">
            <h1 className="sr-only">Incidents</h1>
            <SummaryLine summary={summary} state={state} onChange={change} />
            {state.strip && (
              <div className="min-w-64 flex-1 max-md:hidden">
                <QueueStrip from={state.from} to={state.to} onRange={(from, to) => change({ from, to })} />
              </div>
            )}
          </div>
          <QueueFilters
            state={state}
            columns={columns as readonly Column<never>[]}
            total={total}
            onChange={change}
            onClear={() => change(clearFilters(state))}
          />
        </div>
        <div className="hairline relative min-h-0 flex-1 border-t">
          {list.isError && rows.length > 0 && !list.isFetchNextPageError && (
            <div className="absolute inset-x-4 bottom-3 z-20">
              <Banner
                tone="failed"
                title="The list could not be refreshed"
                action={
                  <Button size="small" onClick={() => void refetch()}>
                    Try again
                  </Button>
                }
              >
                {list.error.message} What you see is as it was.
              </Banner>
            </div>
          )}
          <Announcement fresh={arrivals.fresh} stale={arrivals.stale} onShow={arrivals.show} />
          {list.isError && rows.length === 0 ? (
            <ErrorState title="The incidents could not be loaded" error={list.error} onRetry={() => void refetch()} />
          ) : list.isPending ? (
            late && <SkeletonRows rows={20} rowClass={compact ? 'h-8' : 'h-10'} label="Loading the incidents" />
          ) : rows.length === 0 ? (
            <NoRows state={state} background={list.data?.pages[0]?.backgroundTotal ?? 0} onChange={change} />
          ) : (
            <Table
              label="Incidents"
              columns={columns}
              rows={rows}
              rowKey={rowKey}
              rowHeight={compact ? 32 : 40}
              total={total}
              sort={{ column: state.sort, direction: state.dir }}
              onSort={(column) => {
                const sort = nextSort({ column: state.sort, direction: state.dir }, column);
                const known = sorts.find((each): each is QueueSort => each === sort.column);
                if (known) change({ sort: known, dir: sort.direction });
              }}
              hidden={state.hide}
              selection={{ selected, onChange: setSelected, label: rowLabel }}
              activeKey={active}
              onActiveChange={setActive}
              currentKey={state.panel === 0 ? undefined : String(state.panel)}
              onRowPress={openPanel}
              onOpen={openPage}
              onReachEnd={reachEnd}
              busy={list.isPlaceholderData}
              rowEdge={rowEdge}
              foot={
                <BackgroundLine
                  kind={state.kind}
                  total={list.data?.pages[0]?.backgroundTotal ?? 0}
                  loading={isFetchingNextPage}
                  failed={list.isFetchNextPageError}
                  onMore={() => void fetchNextPage()}
                  onKind={(kind) => change({ kind })}
                />
              }
            />
          )}
        </div>
        {selected.size > 0 && (
          <BulkBar
            count={selected.size}
            total={total ?? 0}
            most={mostSelected}
            onClear={() => setSelected(new Set())}
            onSelectAll={selectAll}
            onMerge={() => setMerging(true)}
            onChange={changeSelected}
          />
        )}
        {merging && (
          <MergeDialog
            incidentIds={[...selected].map(Number)}
            onClose={() => setMerging(false)}
            onDone={() => {
              setMerging(false);
              setSelected(new Set());
            }}
          />
        )}
      </main>
      {state.panel !== 0 && (
        <IncidentPanel
          key="panel"
          id={state.panel}
          row={rows.find((row) => row.id === state.panel)}
          place={rows.findIndex((row) => row.id === state.panel)}
          count={rows.length}
          onStep={(step) => moveTo(rows.findIndex((row) => row.id === state.panel) + step)}
          onClose={() => change({ panel: 0 }, true)}
          onFilterEntity={(entity) => {
            void client.cancelQueries({ queryKey: ['incidents'] });
            change({ entity: [entity], panel: 0 });
          }}
        />
      )}
    </div>
  );
}

function NoRows({
  state,
  background,
  onChange,
}: {
  state: QueueState;
  background: number;
  onChange: (part: Partial<QueueState>) => void;
}) {
  const filters = changedFilters(state);
  if (filters > 0) {
    return (
      <EmptyState
        title={`No incidents match ${filters === 1 ? 'the filter' : `${filters} filters`}`}
        action={<Button onClick={() => onChange(clearFilters(state))}>Clear filters</Button>}
      />
    );
  }
  return (
    <EmptyState
      title="No open incidents"
      action={<Button onClick={() => onChange({ status: [], severity: [] })}>Show resolved and informational</Button>}
    >
      Nothing of low severity or above waits for anyone.
      {background > 0 && ` ${background.toLocaleString('en')} background groups hold the expected noise.`}
    </EmptyState>
  );
}

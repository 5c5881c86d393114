import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { AuditEntry } from '@throughline/model';
import { Download } from 'lucide-react';
import { useMemo } from 'react';
import { useMay, useMe } from '../api/session.ts';
import {
  Button,
  EmptyState,
  ErrorState,
  Menu,
  NoPermission,
  PageHeader,
  SkeletonRows,
  Table,
  useLate,
} from '../kit/index.ts';
import { auditColumns } from './audit-columns.tsx';
import { auditEntriesQuery, auditExportUrl } from './audit-data.ts';
import { AuditFilters } from './audit-filters.tsx';
import { type AuditSearch, auditFilterOf, readAuditSearch } from './audit-search.ts';
import { ChainState } from './chain-state.tsx';
import { EntryPanel } from './entry-panel.tsx';

const rowKey = (entry: AuditEntry) => String(entry.seq);

/** Who did what, newest first, and whether the log is as it was written. For administrators. */
export function AuditPage() {
  const me = useMe();
  const may = useMay('audit.read');
  if (me && !may) return <NoPermission permission="audit.read" />;
  return me === undefined ? null : <AuditLog />;
}

function AuditLog() {
  const search = useSearch({ from: '/shell/audit' });
  const navigate = useNavigate();
  const filter = useMemo(() => auditFilterOf(search), [search]);
  const put = (part: AuditSearch) =>
    void navigate({
      to: '/audit',
      search: (now) => readAuditSearch({ ...now, ...part }),
      replace: part.entry !== undefined,
    });
  const clear = () => void navigate({ to: '/audit', search: {} });
  const entries = useInfiniteQuery(auditEntriesQuery(filter));
  const rows = useMemo(() => entries.data?.pages.flatMap((page) => page.items) ?? [], [entries.data]);
  const late = useLate(entries.isPending);
  const open = rows.find((entry) => rowKey(entry) === search.entry);
  const filtered = Object.keys(filter).length > 0;
  return (
    <div className="flex h-full min-h-0">
      <main className="min-w-0 flex-1 overflow-auto pb-10">
        <PageHeader
          title="Audit log"
          lead="Who did what, from where, and how it ended. Each entry is chained to the one before: what is changed or removed later is found."
          actions={
            <Menu
              align="end"
              trigger={<Button icon={Download}>Export</Button>}
              entries={[
                { label: 'As NDJSON, with hashes', onSelect: () => download(auditExportUrl(filter, 'ndjson')) },
                { label: 'As CSV', onSelect: () => download(auditExportUrl(filter, 'csv')) },
              ]}
            />
          }
        />
        <ChainState />
        <div className="px-4 pb-2">
          <AuditFilters search={search} onSearch={put} onClear={filtered ? clear : undefined} />
        </div>
        <div className="hairline border-t">
          {entries.isError ? (
            <ErrorState
              title="The audit log could not be loaded"
              error={entries.error}
              onRetry={() => void entries.refetch()}
            />
          ) : entries.isPending ? (
            late && <SkeletonRows rows={8} />
          ) : rows.length === 0 ? (
            filtered ? (
              <EmptyState title="No entries match" action={<Button onClick={clear}>Show all</Button>} />
            ) : (
              <EmptyState title="Nothing happened yet">Sign-ins, changes and exports are told here.</EmptyState>
            )
          ) : (
            <>
              <Table
                label="Audit entries"
                columns={auditColumns}
                rows={rows}
                rowKey={rowKey}
                rowHeight={32}
                flow
                currentKey={search.entry}
                onRowPress={(entry) => put({ entry: rowKey(entry) })}
                onOpen={(entry) => put({ entry: rowKey(entry) })}
              />
              {entries.hasNextPage && (
                <div className="flex justify-center pt-3">
                  <Button busy={entries.isFetchingNextPage} onClick={() => void entries.fetchNextPage()}>
                    Show older entries
                  </Button>
                </div>
              )}
            </>
          )}
        </div>
      </main>
      {open && (
        <EntryPanel
          entry={open}
          onClose={() => void navigate({ to: '/audit', search: ({ entry: _, ...rest }) => rest, replace: true })}
        />
      )}
    </div>
  );
}

// The browser saves what the server sends as an attachment, and the page stays.
function download(url: string): void {
  window.location.assign(url);
}

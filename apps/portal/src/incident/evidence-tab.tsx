import { useQuery } from '@tanstack/react-query';
import type { IncidentEvidence } from '@throughline/model';
import { useMemo, useState } from 'react';
import { termWords } from '../app/words.ts';
import { EntityBadge } from '../hunting/entity-badge.tsx';
import {
  type Column,
  EmptyState,
  ErrorState,
  FilterBar,
  SkeletonRows,
  Table,
  Time,
  useLate,
  VerdictMark,
} from '../kit/index.ts';
import { words } from './evidence-words.ts';
import { evidenceQuery } from './incident-data.ts';

const columns: readonly Column<IncidentEvidence>[] = [
  {
    id: 'entity',
    header: 'Evidence',
    width: 'minmax(220px, 2fr)',
    fixed: true,
    cell: (row) => <EntityBadge entity={row} />,
  },
  { id: 'verdict', header: 'Verdict', width: '120px', cell: (row) => <VerdictMark verdict={row.verdict} /> },
  {
    id: 'status',
    header: 'Remediation',
    width: '128px',
    from: 640,
    cell: (row) =>
      row.remediationStatus === 'none' ? <span className="text-n9">None</span> : words(row.remediationStatus),
  },
  {
    id: 'first',
    header: 'First seen',
    width: '144px',
    from: 760,
    cell: (row) => <Time value={row.firstSeenDateTime} form="short" />,
  },
  {
    id: 'assets',
    header: 'Impacted assets',
    width: 'minmax(160px, 1fr)',
    from: 900,
    cell: (row) => (
      <span className="block truncate">
        {row.assets
          .slice(0, 2)
          .map((asset) => asset.name)
          .join(', ')}
        {row.assets.length > 2 && ` +${row.assets.length - 2}`}
      </span>
    ),
  },
  {
    id: 'origin',
    header: 'Detection origin',
    width: '160px',
    from: 1080,
    cell: (row) => <span className="block truncate">{row.detectionSources.map(termWords).join(', ')}</span>,
  },
  {
    id: 'threats',
    header: 'Threats',
    width: '140px',
    from: 1240,
    cell: (row) => <span className="block truncate">{row.threats.join(', ')}</span>,
  },
];

/** What the attack left: each artefact once, with its verdict and what became of it. */
export function EvidenceTab({
  id,
  selected,
  onOpen,
}: {
  id: number;
  selected: string | undefined;
  onOpen: (evidenceId: string) => void;
}) {
  const { data, error, refetch, isPending } = useQuery(evidenceQuery(id));
  const late = useLate(isPending);
  const [kind, setKind] = useState<readonly string[]>([]);
  const [verdict, setVerdict] = useState<readonly string[]>([]);
  const rows = useMemo(
    () =>
      (data ?? []).filter(
        (row) =>
          (kind.length === 0 || kind.includes(row.kind)) && (verdict.length === 0 || verdict.includes(row.verdict)),
      ),
    [data, kind, verdict],
  );
  if (error)
    return <ErrorState title="The evidence could not be loaded" error={error} onRetry={() => void refetch()} />;
  if (!data) return late ? <SkeletonRows rows={8} label="Loading evidence" /> : null;
  if (data.length === 0)
    return <EmptyState title="No evidence">The alerts of this incident name assets only.</EmptyState>;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="px-4 py-2">
        <FilterBar
          filters={[
            {
              id: 'kind',
              label: 'Kind',
              options: counted(data.map((row) => row.kind)),
              values: kind,
              onChange: setKind,
            },
            {
              id: 'verdict',
              label: 'Verdict',
              options: counted(data.map((row) => row.verdict)),
              values: verdict,
              onChange: setVerdict,
            },
          ]}
          onClear={() => {
            setKind([]);
            setVerdict([]);
          }}
        />
      </div>
      <div className="min-h-0 flex-1">
        {rows.length === 0 ? (
          <EmptyState title="No evidence matches the filters">
            Clear a filter to see the other {data.length}.
          </EmptyState>
        ) : (
          <Table
            label="Evidence of this incident"
            columns={columns}
            rows={rows}
            rowKey={(row) => row.id}
            currentKey={selected}
            onRowPress={(row) => onOpen(row.id)}
            onOpen={(row) => onOpen(row.id)}
          />
        )}
      </div>
    </div>
  );
}

function counted(values: readonly string[]): { value: string; label: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, count]) => ({
    value,
    label: value === 'noThreatsFound' ? 'Clean' : words(value),
    count,
  }));
}

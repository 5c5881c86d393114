import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { DetectionRule } from '@throughline/model';
import { useMemo } from 'react';
import { useMay, useMe } from '../api/session.ts';
import { readList, writeList } from '../app/search-params.ts';
import {
  Button,
  EmptyState,
  ErrorState,
  NoPermission,
  PageHeader,
  SkeletonRows,
  Table,
  useLate,
} from '../kit/index.ts';
import { CoverageStrip } from './coverage-strip.tsx';
import { detectionColumns } from './detection-columns.tsx';
import { DetectionFilters } from './detection-filters.tsx';
import { detectionsQuery } from './detections-api.ts';
import { type DetectionsSearch, readDetectionsSearch } from './detections-search.ts';
import { FaultList } from './fault-list.tsx';
import { coverage, filterRules } from './filter-rules.ts';

const rowKey = ({ id }: DetectionRule) => id;

/** Every detection rule: what it looks for, whether it is in use, what it did lately. */
export function DetectionsPage() {
  const search = useSearch({ from: '/shell/detections' });
  const navigate = useNavigate();
  const me = useMe();
  const may = useMay('incidents.read');
  const { data, isPending, error, refetch } = useQuery({ ...detectionsQuery, enabled: may });
  const late = useLate(isPending);
  const rules = useMemo(() => data?.items ?? [], [data]);
  const rows = useMemo(() => filterRules(rules, search), [rules, search]);
  const cells = useMemo(() => coverage(rules), [rules]);
  if (me && !may) return <NoPermission permission="incidents.read" />;
  const put = (part: DetectionsSearch) =>
    void navigate({ to: '/detections', search: (now) => readDetectionsSearch({ ...now, ...part }), replace: true });
  const clear = () => void navigate({ to: '/detections', search: {} });
  return (
    <main className="flex h-full flex-col overflow-auto">
      <PageHeader
        title="Detections"
        lead="Sigma rules that judge telemetry as it comes in. Counts and cost are of the last 30 days (UTC)."
      />
      {error ? (
        <ErrorState title="The rules could not be loaded" error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        late && <SkeletonRows rows={8} />
      ) : (
        <>
          <FaultList faults={data.faults} />
          {rules.length === 0 ? (
            <EmptyState title="No rules">
              Put rules below <code>rules</code> in the data folder and start the server again.
            </EmptyState>
          ) : (
            <>
              <CoverageStrip
                cells={cells}
                chosen={readList(search.tactic ?? '')}
                onChoose={(tactics) => put({ tactic: writeList(tactics) })}
              />
              <div className="px-4 pb-2">
                <DetectionFilters search={search} rules={rules} shown={rows.length} onSearch={put} onClear={clear} />
              </div>
              {rows.length === 0 ? (
                <EmptyState title="No rule matches" action={<Button onClick={clear}>Show all</Button>} />
              ) : (
                <div className="hairline min-h-100 flex-1 border-t">
                  <Table
                    label="Detection rules"
                    columns={detectionColumns}
                    rows={rows}
                    rowKey={rowKey}
                    rowHeight={44}
                    onOpen={({ id }) => void navigate({ to: '/detections/$ruleId', params: { ruleId: id } })}
                  />
                </div>
              )}
            </>
          )}
        </>
      )}
    </main>
  );
}

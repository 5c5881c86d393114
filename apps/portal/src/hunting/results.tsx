import type { HuntColumn } from '@throughline/model';
import { Download } from 'lucide-react';
import { useMemo } from 'react';
import { Banner, Button, EmptyState, Menu, Progress, Select } from '../kit/index.ts';
import type { Refinement } from './add-to-query.ts';
import { type ChartKind, chartData, chartKinds, chartWords } from './chart-series.ts';
import { saveFile, toCsv, toJson } from './export-rows.ts';
import { RecordPanel } from './record-panel.tsx';
import { ResultChart } from './result-chart.tsx';
import { ResultTable } from './result-table.tsx';
import type { Hunt } from './use-hunt.ts';

interface ResultsProps {
  hunt: Hunt;
  /** `table`, or the name of a chart; left out, what the query's `render` asks for. */
  view: string | undefined;
  onView: (view: string) => void;
  open: number | undefined;
  onOpen: (row: number | undefined) => void;
  onRefine: (column: HuntColumn, value: unknown, how: Refinement) => void;
  onIncidents: (text: string) => void;
  onCancel: () => void;
  /** Shows where in the query an error lies. */
  onGoTo: (position: number) => void;
}

/** What came of a hunt: how far it is, its rows as table or chart, and the row that is open. */
export function Results(props: ResultsProps) {
  const { hunt, open, onOpen } = props;
  const asked = chartKinds.find((kind) => kind === (props.view ?? hunt.render?.kind));
  const data = useMemo(() => chartData(hunt.columns, hunt.rows, hunt.render), [hunt.columns, hunt.rows, hunt.render]);
  const chart = data === undefined ? undefined : asked;
  const row = open === undefined ? undefined : hunt.rows[open];
  return (
    <div className="flex h-full min-h-0">
      <section aria-label="Results of the query" className="flex min-w-0 flex-1 flex-col">
        <Bar {...props} chart={chart} charts={data !== undefined} />
        {hunt.state === 'running' && <Progress label="The hunt is running" />}
        {hunt.failure !== undefined && hunt.state === 'failed' && <Failure {...props} />}
        {hunt.cut && (
          <div className="px-3 py-1">
            <Banner tone="warning">
              More rows match than the {hunt.rows.length.toLocaleString('en')} shown. Narrow the query or the time, or
              summarize.
            </Banner>
          </div>
        )}
        <div className="min-h-0 flex-1">
          {hunt.columns.length === 0 ? null : hunt.rows.length === 0 ? (
            hunt.state === 'done' && (
              <EmptyState title="No rows match">
                Look at a longer time, or take conditions away one by one to see which one leaves nothing.
              </EmptyState>
            )
          ) : chart !== undefined && data !== undefined ? (
            <ResultChart kind={chart} data={data} title={hunt.render?.properties.title} />
          ) : (
            <ResultTable columns={hunt.columns} rows={hunt.rows} open={open} onOpen={onOpen} />
          )}
        </div>
      </section>
      {row !== undefined && open !== undefined && (
        <RecordPanel
          columns={hunt.columns}
          row={row}
          number={open}
          count={hunt.rows.length}
          onMove={onOpen}
          onClose={() => onOpen(undefined)}
          onRefine={props.onRefine}
          onIncidents={props.onIncidents}
        />
      )}
    </div>
  );
}

function Bar({
  hunt,
  onView,
  onCancel,
  chart,
  charts,
}: ResultsProps & { chart: ChartKind | undefined; charts: boolean }) {
  return (
    <div className="hairline flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 border-y px-3 py-1">
      <p role="status" className="min-w-0 flex-1 text-12 text-n10">
        <Told hunt={hunt} />
      </p>
      {hunt.state === 'running' && (
        <Button size="small" onClick={onCancel}>
          Cancel
        </Button>
      )}
      {hunt.rows.length > 0 && (
        <>
          <Select
            size="small"
            aria-label="Shown as"
            value={chart ?? 'table'}
            onChange={onView}
            options={[
              { value: 'table', label: 'Table' },
              ...chartKinds.map((kind) => ({ value: kind, label: chartWords[kind], disabled: !charts })),
            ]}
          />
          <Menu
            align="end"
            trigger={
              <Button size="small" icon={Download}>
                Export
              </Button>
            }
            entries={[
              {
                label: 'CSV for a spreadsheet',
                onSelect: () => saveFile('hunt.csv', 'text/csv', toCsv(hunt.columns, hunt.rows)),
              },
              {
                label: 'JSON',
                onSelect: () => saveFile('hunt.json', 'application/json', toJson(hunt.columns, hunt.rows)),
              },
            ]}
          />
        </>
      )}
    </div>
  );
}

function Told({ hunt }: { hunt: Hunt }) {
  const rows = `${hunt.rows.length.toLocaleString('en')} ${hunt.rows.length === 1 ? 'row' : 'rows'}`;
  const read =
    hunt.progress && hunt.progress.rowsRead > 0 && ` · ${hunt.progress.rowsRead.toLocaleString('en')} rows read`;
  const time = hunt.progress && ` · ${took(hunt.progress.elapsedMs)}`;
  switch (hunt.state) {
    case 'running':
      return (
        <>
          Running{read}
          {time}
        </>
      );
    case 'done':
      return (
        <>
          {rows}
          {read}
          {time}
        </>
      );
    case 'cancelled':
      return <>Cancelled; {rows} had come.</>;
    case 'failed':
      return <>No whole answer; {rows} had come.</>;
  }
}

function took(ms: number): string {
  return ms < 1_000 ? `${ms} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

const failureTitles: Readonly<Record<NonNullable<Hunt['failure']>['class'], string>> = {
  syntax: 'The query cannot be read',
  semantic: 'The query names something that does not exist',
  unsupported: 'The query asks for something that is not supported',
  timeout: 'The query took too long',
  memory: 'The query needs more memory than it may use',
  resultSize: 'The result is too large',
  throttled: 'Too many hunts at once',
  cancelled: 'Cancelled',
  engine: 'The event store refused the query',
  refused: 'The hunt did not start',
};

function Failure({ hunt, onGoTo }: ResultsProps) {
  const { failure } = hunt;
  if (failure === undefined) return null;
  const { position } = failure;
  return (
    <div className="px-3 py-2">
      <Banner
        tone="failed"
        title={failureTitles[failure.class]}
        {...(position !== undefined && {
          action: (
            <Button size="small" onClick={() => onGoTo(position)}>
              Show where
            </Button>
          ),
        })}
      >
        {failure.message}
      </Banner>
    </div>
  );
}

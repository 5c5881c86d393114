import { useMemo, useState } from 'react';
import {
  CodeBlock,
  type Column,
  ColumnChooser,
  Histogram,
  KeyValueList,
  type MarkedSeverity,
  nextSort,
  ScoreRing,
  SeverityBar,
  SeverityMark,
  type Sort,
  Sparkline,
  Table,
  Timeline,
} from '../kit/index.ts';
import { Sample, Samples } from './sample.tsx';

interface Row {
  id: number;
  severity: MarkedSeverity;
  name: string;
  score: number;
}

const severities: MarkedSeverity[] = ['high', 'medium', 'low', 'informational'];
const rows: Row[] = Array.from({ length: 10_000 }, (_, index) => ({
  id: 10_000 - index,
  severity: severities[index % 4] ?? 'low',
  name: `Incident number ${10_000 - index} of ten thousand`,
  score: 99 - (index % 100),
}));
const rowKey = (row: Row) => String(row.id);
const rowLabel = (row: Row) => row.name;
const rowEdge = (row: Row) => <SeverityBar severity={row.severity} />;
const columns: Column<Row>[] = [
  {
    id: 'severity',
    header: 'Severity',
    headerHidden: true,
    width: '16px',
    fixed: true,
    cell: (row) => <SeverityMark severity={row.severity} />,
  },
  { id: 'id', header: 'Id', width: '60px', sortable: true, cell: (row) => <span className="text-n10">{row.id}</span> },
  {
    id: 'name',
    header: 'Name',
    width: 'minmax(120px, 1fr)',
    fixed: true,
    cell: (row) => <span className="block truncate">{row.name}</span>,
  },
  {
    id: 'score',
    header: 'Score',
    width: '64px',
    sortable: true,
    align: 'end',
    cell: (row) => <ScoreRing score={row.score} />,
  },
];
const start = Date.UTC(2026, 10, 23, 10);
const hour = 3_600_000;
const buckets = [3, 5, 2, 0, 1, 4, 6, 8, 30, 44, 21, 12, 9, 7, 5, 4, 6, 3, 2, 8, 12, 16, 9, 4].map((count, index) => ({
  start: start + index * hour,
  counts: { high: Math.floor(count / 6), medium: Math.floor(count / 3), low: Math.ceil(count / 2) },
}));
const parts = [
  { id: 'high', label: 'High', fill: 'fill-high-fill' },
  { id: 'medium', label: 'Medium', fill: 'fill-medium-fill' },
  { id: 'low', label: 'Low', fill: 'fill-low-fill' },
];

export function DataSamples() {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set(['9999', '9998']));
  const [sort, setSort] = useState<Sort>({ column: 'id', direction: 'desc' });
  const [hidden, setHidden] = useState<string[]>([]);
  const [current, setCurrent] = useState('9997');
  const [brushed, setBrushed] = useState<{ from: number; to: number } | undefined>({
    from: start + 8 * hour,
    to: start + 11 * hour,
  });
  const selection = useMemo(() => ({ selected, onChange: setSelected, label: rowLabel }), [selected]);
  return (
    <Samples title="Data">
      <Sample name="Table">
        <div className="hairline h-72 w-full border">
          <Table
            label="Ten thousand incidents"
            columns={columns}
            rows={rows}
            rowKey={rowKey}
            rowHeight={32}
            sort={sort}
            onSort={(column) => setSort(nextSort(sort, column))}
            hidden={hidden}
            selection={selection}
            currentKey={current}
            onRowPress={(row) => setCurrent(rowKey(row))}
            rowEdge={rowEdge}
          />
        </div>
        <ColumnChooser columns={columns} hidden={hidden} onChange={setHidden} />
      </Sample>
      <Sample name="Histogram">
        <div className="w-full">
          <Histogram
            label="Alerts an hour by severity"
            unit="alerts in 24 h"
            buckets={buckets}
            bucketMs={hour}
            parts={parts}
            brushed={brushed}
            onBrush={setBrushed}
          />
        </div>
      </Sample>
      <Sample name="Sparkline">
        <Sparkline label="Alerts a day over two weeks" values={[3, 4, 2, 8, 5, 6, 4, 3, 9, 14, 11, 7, 5, 6]} />
        <Sparkline label="Nothing yet" values={[]} />
      </Sample>
      <Sample name="Timeline">
        <Timeline
          label="Activity"
          items={[
            {
              id: '1',
              time: '2026-11-24T09:02:11Z',
              title: 'Incident opened by “Phish delivered”',
              tone: 'high',
              detail: 'score 0.81 over a threshold of 0.55',
            },
            {
              id: '2',
              time: '2026-11-24T09:31:00Z',
              actor: 'Mira Keller',
              title: 'set the status to In progress',
              tone: 'accent',
            },
            { id: '3', time: '2026-11-24T10:12:40Z', title: '3 alerts joined by a file hash', tone: 'plain' },
          ]}
        />
      </Sample>
      <Sample name="KeyValueList">
        <KeyValueList
          items={[
            { key: 'Source', value: 'suricata' },
            { key: 'SHA-256', value: <code>9f2c71d08e5b4a3f8d6c1b7e2a90f4c3d5e69f2c71d08e5b4a3f8d6c1b7e2a90</code> },
          ]}
        />
      </Sample>
      <Sample name="CodeBlock">
        <div className="w-full">
          <CodeBlock
            label="Command line"
            code={
              'curl -H "Authorization: Bearer $TOKEN" --data-binary @alerts.json http://127.0.0.1:8844/api/intake/auto'
            }
            wrap
          />
        </div>
      </Sample>
    </Samples>
  );
}

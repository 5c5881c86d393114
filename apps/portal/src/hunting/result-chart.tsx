import type { ReactNode } from 'react';
import { exactTime, useZone } from '../kit/index.ts';
import { type ChartData, type ChartKind, ticks } from './chart-series.ts';

const W = 960;
const H = 320;
const LEFT = 56;
const BOTTOM = 28;
const TOP = 12;
const fills = [
  'var(--accent-fill)',
  'var(--medium-fill)',
  'var(--ok-fill)',
  'var(--pending-fill)',
  'var(--high-fill)',
  'var(--low-fill)',
  'var(--info-fill)',
  'var(--n8)',
];
const fillOf = (index: number) => fills[index % fills.length] ?? 'var(--n8)';

interface ResultChartProps {
  kind: ChartKind;
  data: ChartData;
  title?: string | undefined;
}

/** A chart of a result; the table of the same rows is one press away and carries the numbers for screen readers. */
export function ResultChart({ kind, data, title }: ResultChartProps) {
  const zone = useZone();
  const label = `${title ?? 'Chart'}: ${data.series.map(({ name }) => name).join(', ')}; ${data.xs.length} points. Choose Table for the numbers.`;
  const xText = (x: string | number) => (data.time ? exactTime(new Date(Number(x)), zone) : String(x));
  return (
    <figure className="flex h-full min-h-0 flex-col gap-2 overflow-auto p-4">
      {title !== undefined && <figcaption className="font-semibold">{title}</figcaption>}
      <svg viewBox={`0 0 ${W} ${H}`} role="img" aria-label={label} className="max-h-[60vh] w-full max-w-[1200px]">
        {kind === 'piechart' ? (
          <Pie data={data} xText={xText} />
        ) : kind === 'barchart' ? (
          <Bars data={data} xText={xText} />
        ) : (
          <Plane kind={kind} data={data} xText={xText} />
        )}
      </svg>
      {kind !== 'piechart' && data.series.length > 1 && <Legend names={data.series.map(({ name }) => name)} />}
      {kind === 'piechart' && <Legend names={data.xs.map(xText)} />}
      {data.left > 0 && <p className="text-12 text-n9">{data.left.toLocaleString('en')} more are not drawn.</p>}
    </figure>
  );
}

function Legend({ names }: { names: readonly string[] }) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-12">
      {names.slice(0, 24).map((name, index) => (
        <li key={name} className="flex items-center gap-1.5">
          <svg aria-hidden width="10" height="10">
            <rect width="10" height="10" rx="2" fill={fillOf(index)} />
          </svg>
          <span className="max-w-60 truncate">{name === '' ? '(empty)' : name}</span>
        </li>
      ))}
    </ul>
  );
}

type PartProps = { data: ChartData; xText: (x: string | number) => string };

/** Columns, lines, areas and points over a horizontal axis. */
function Plane({ kind, data, xText }: PartProps & { kind: ChartKind }) {
  const zone = useZone();
  const stacked = kind === 'stackedareachart' || kind === 'columnchart';
  const sums = data.xs.map((_, at) => data.series.reduce((sum, { values }) => sum + Math.max(0, values[at] ?? 0), 0));
  const flat = data.series.flatMap(({ values }) => values.filter((value) => value !== null));
  const most = Math.max(1, ...(stacked ? sums : flat));
  const marks = ticks(Math.min(0, ...flat), most);
  const [low = 0, high = 1] = [marks[0], marks.at(-1)];
  const y = (value: number) => TOP + (H - TOP - BOTTOM) * (1 - (value - low) / (high - low || 1));
  const count = Math.max(1, data.xs.length);
  const [first, last] = [Number(data.xs[0]), Number(data.xs.at(-1))];
  const band = (W - LEFT - 8) / count;
  const x = (at: number) =>
    data.time && kind !== 'columnchart' && last > first
      ? LEFT + ((Number(data.xs[at]) - first) / (last - first)) * (W - LEFT - 16)
      : LEFT + band * (at + 0.5);
  const labelled = apart(
    data.xs.map((_, at) => x(at)),
    data.time ? 110 : 130,
  );
  return (
    <>
      {marks.map((mark) => (
        <g key={mark}>
          <line x1={LEFT} x2={W - 8} y1={y(mark)} y2={y(mark)} stroke="var(--n4)" />
          <text x={LEFT - 8} y={y(mark) + 4} textAnchor="end" fontSize="11" fill="var(--n9)">
            {short(mark)}
          </text>
        </g>
      ))}
      {data.xs.map((value, at) =>
        labelled.has(at) ? (
          <text
            key={String(value)}
            x={x(at)}
            y={H - 8}
            textAnchor={at === 0 ? 'start' : x(at) > W - 60 ? 'end' : 'middle'}
            fontSize="11"
            fill="var(--n9)"
          >
            {clip(data.time ? exactTime(new Date(Number(value)), zone, true).slice(5) : xText(value), 20)}
          </text>
        ) : null,
      )}
      {kind === 'columnchart'
        ? columns(data, x, y, Math.max(1, Math.min(48, band * 0.7)), xText)
        : data.series.map((series, index) => (
            <Line key={series.name} kind={kind} index={index} data={data} x={x} y={y} xText={xText} />
          ))}
    </>
  );
}

function columns(
  data: ChartData,
  x: (at: number) => number,
  y: (value: number) => number,
  width: number,
  xText: PartProps['xText'],
): ReactNode {
  return data.xs.map((name, at) => {
    let base = 0;
    return data.series.map((series, index) => {
      const value = series.values[at] ?? 0;
      const from = base;
      base += value;
      return (
        <rect
          key={`${String(name)} ${series.name}`}
          x={x(at) - width / 2}
          width={width}
          y={Math.min(y(from), y(base))}
          height={Math.abs(y(from) - y(base))}
          fill={fillOf(index)}
        >
          <title>{`${xText(name)} · ${series.name}: ${value.toLocaleString('en')}`}</title>
        </rect>
      );
    });
  });
}

interface LineProps extends PartProps {
  kind: ChartKind;
  index: number;
  x: (at: number) => number;
  y: (value: number) => number;
}

function Line({ kind, index, data, x, y, xText }: LineProps) {
  const series = data.series[index];
  if (!series) return null;
  const under = (at: number) =>
    kind === 'stackedareachart'
      ? data.series.slice(0, index).reduce((sum, { values }) => sum + (values[at] ?? 0), 0)
      : 0;
  const points = series.values.flatMap((value, at) =>
    value === null ? [] : [{ at, px: x(at), top: y(under(at) + value), bottom: y(under(at)), value }],
  );
  const path = points.map(({ px, top }, at) => `${at === 0 ? 'M' : 'L'}${px.toFixed(1)} ${top.toFixed(1)}`).join('');
  const back = [...points]
    .reverse()
    .map(({ px, bottom }) => `L${px.toFixed(1)} ${bottom.toFixed(1)}`)
    .join('');
  const dots = kind === 'scatterchart' || points.length <= 60;
  return (
    <g>
      {(kind === 'areachart' || kind === 'stackedareachart') && points.length > 0 && (
        <path d={`${path}${back}Z`} fill={fillOf(index)} opacity={kind === 'areachart' ? 0.25 : 0.75} />
      )}
      {kind !== 'scatterchart' && <path d={path} fill="none" stroke={fillOf(index)} strokeWidth="1.75" />}
      {dots &&
        points.map(({ at, px, top, value }) => (
          <circle key={at} cx={px} cy={top} r={kind === 'scatterchart' ? 3.5 : 2.5} fill={fillOf(index)}>
            <title>{`${xText(data.xs[at] ?? '')} · ${series.name}: ${value.toLocaleString('en')}`}</title>
          </circle>
        ))}
    </g>
  );
}

/** Horizontal bars of the first series, the longest names readable. */
function Bars({ data, xText }: PartProps) {
  const series = data.series[0];
  const shown = data.xs.slice(0, 20);
  const most = Math.max(1, ...(series?.values.map((value) => value ?? 0) ?? []));
  const band = (H - TOP) / Math.max(1, shown.length);
  return shown.map((name, at) => {
    const value = series?.values[at] ?? 0;
    const width = ((W - 340) * Math.max(0, value)) / most;
    return (
      <g key={String(name)}>
        <text x={240} y={TOP + band * (at + 0.5) + 4} textAnchor="end" fontSize="11" fill="var(--n11)">
          {clip(xText(name), 36)}
        </text>
        <rect x={250} y={TOP + band * at + band * 0.15} width={width} height={band * 0.7} fill={fillOf(0)} />
        <text x={256 + width} y={TOP + band * (at + 0.5) + 4} fontSize="11" fill="var(--n9)">
          {value.toLocaleString('en')}
        </text>
      </g>
    );
  });
}

function Pie({ data, xText }: PartProps) {
  const values = data.series[0]?.values.map((value) => Math.max(0, value ?? 0)) ?? [];
  const sum = values.reduce((total, value) => total + value, 0) || 1;
  const [cx, cy, r] = [W / 2, H / 2, H / 2 - 16];
  const at = (share: number) =>
    `${(cx + r * Math.sin(2 * Math.PI * share)).toFixed(2)} ${(cy - r * Math.cos(2 * Math.PI * share)).toFixed(2)}`;
  let from = 0;
  return values.map((value, index) => {
    const start = from;
    // A whole circle has no arc of its own: a hair is left out.
    const end = start + Math.min(value / sum, 0.99999);
    from += value / sum;
    const name = data.xs[index] ?? '';
    return (
      <path
        key={String(name)}
        d={`M${cx} ${cy}L${at(start)}A${r} ${r} 0 ${end - start > 0.5 ? 1 : 0} 1 ${at(end)}Z`}
        fill={fillOf(index)}
        stroke="var(--n1)"
      >
        <title>{`${xText(name)}: ${value.toLocaleString('en')} (${Math.round((100 * value) / sum)} %)`}</title>
      </path>
    );
  });
}

/** The points that get a label: none closer to the one before than `least` units. */
function apart(places: readonly number[], least: number): ReadonlySet<number> {
  const chosen = new Set<number>();
  let last = Number.NEGATIVE_INFINITY;
  for (const [at, place] of places.entries()) {
    if (place - last < least) continue;
    chosen.add(at);
    last = place;
  }
  return chosen;
}

function short(value: number): string {
  return Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 }).format(value);
}

function clip(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

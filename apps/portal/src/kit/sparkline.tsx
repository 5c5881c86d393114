export interface SparklineProps {
  values: readonly number[];
  /** What it shows, e.g. "Alerts a day over two weeks". */
  label: string;
  width?: number;
  height?: number;
}

/** A trend without axes; the label carries its least, greatest and last value. */
export function Sparkline({ values, label, width = 80, height = 20 }: SparklineProps) {
  const max = Math.max(1, ...values);
  const step = values.length > 1 ? (width - 4) / (values.length - 1) : 0;
  const points = values.map((value, index) => [2 + index * step, height - 2 - (value / max) * (height - 4)] as const);
  const last = points.at(-1);
  const words =
    values.length === 0
      ? `${label}: no data`
      : `${label}: from ${Math.min(...values)} to ${Math.max(...values)}, last ${values.at(-1)}`;
  return (
    <svg role="img" aria-label={words} width={width} height={height} className="overflow-visible">
      <polyline
        points={points.map((point) => point.join(',')).join(' ')}
        fill="none"
        strokeWidth={1.5}
        strokeLinejoin="round"
        className="stroke-n9"
      />
      {last && <circle cx={last[0]} cy={last[1]} r={2} className="fill-n12" />}
    </svg>
  );
}

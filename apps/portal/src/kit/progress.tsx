export interface ProgressProps {
  label: string;
  /** Done so far; absent while the end is unknown. */
  value?: number;
  max?: number;
  /** Shows the label and the figures above the bar. */
  labelled?: boolean;
}

export function Progress({ label, value, max = 100, labelled = false }: ProgressProps) {
  const share = value === undefined ? undefined : Math.min(1, Math.max(0, max === 0 ? 1 : value / max));
  return (
    <div className="flex flex-col gap-1">
      {labelled && (
        <div className="flex justify-between text-12 text-n10">
          <span>{label}</span>
          {share !== undefined && <span>{Math.round(share * 100)} %</span>}
        </div>
      )}
      <div
        role="progressbar"
        aria-label={label}
        aria-valuenow={share === undefined ? undefined : Math.round(share * 100)}
        aria-valuemin={0}
        aria-valuemax={100}
        className="h-1.5 overflow-hidden rounded-full bg-n4"
      >
        <div
          className={
            share === undefined ? 'h-full w-1/3 motion-safe:animate-pulse bg-accent-fill' : 'h-full bg-accent-fill'
          }
          style={share === undefined ? undefined : { width: `${share * 100}%` }}
        />
      </div>
    </div>
  );
}

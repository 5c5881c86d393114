import { clsx } from 'clsx';

export interface ScoreRingProps {
  /** 0 to 100. */
  score: number;
  size?: 'small' | 'large';
  label?: string;
}

/** A priority score: the number in a ring that fills clockwise. From 70 the ring takes the text's own weight. */
export function ScoreRing({ score, size = 'small', label = 'Priority score' }: ScoreRingProps) {
  const px = size === 'small' ? 28 : 48;
  const stroke = size === 'small' ? 2.5 : 4;
  const radius = (px - stroke) / 2;
  const length = 2 * Math.PI * radius;
  const shown = Math.round(Math.min(100, Math.max(0, score)));
  return (
    <span
      role="img"
      aria-label={`${label} ${shown} of 100`}
      title={`${label} ${shown} of 100`}
      className="relative inline-flex shrink-0 items-center justify-center align-middle"
    >
      <svg aria-hidden="true" width={px} height={px} className="-rotate-90">
        <circle cx={px / 2} cy={px / 2} r={radius} fill="none" strokeWidth={stroke} className="stroke-n5" />
        <circle
          cx={px / 2}
          cy={px / 2}
          r={radius}
          fill="none"
          strokeWidth={stroke}
          strokeDasharray={`${(length * shown) / 100} ${length}`}
          className={shown >= 70 ? 'stroke-n12' : 'stroke-n9'}
        />
      </svg>
      <span
        className={clsx(
          'absolute',
          size === 'small' ? 'text-12' : 'text-16',
          shown === 100 && 'tracking-tight',
          shown >= 70 ? 'font-semibold text-n12' : 'text-n10',
        )}
      >
        {shown}
      </span>
    </span>
  );
}

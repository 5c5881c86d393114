import { clsx } from 'clsx';

export type MarkedSeverity = 'high' | 'medium' | 'low' | 'informational' | 'unknown';

const marks: Record<MarkedSeverity, { letter: string; word: string; ink: string; fill: string }> = {
  high: { letter: 'H', word: 'High', ink: 'text-high', fill: 'bg-high-fill' },
  medium: { letter: 'M', word: 'Medium', ink: 'text-medium', fill: 'bg-medium-fill' },
  low: { letter: 'L', word: 'Low', ink: 'text-low', fill: 'bg-low-fill' },
  informational: { letter: 'I', word: 'Informational', ink: 'text-info', fill: 'bg-info-fill' },
  unknown: { letter: '?', word: 'Unknown', ink: 'text-info', fill: 'bg-n6' },
};

export interface SeverityMarkProps {
  severity: MarkedSeverity;
  /** `letter` for rows (the word is read out), `word` for headers and lists. */
  form?: 'letter' | 'word';
}

/** The severity as text: a letter in its colour, or a small bar and the word. */
export function SeverityMark({ severity, form = 'letter' }: SeverityMarkProps) {
  const { letter, word, ink, fill } = marks[severity];
  if (form === 'word') {
    return (
      <span className="inline-flex items-center gap-1.5 align-middle whitespace-nowrap">
        <span aria-hidden className={clsx('h-3.5 w-1 rounded-full', fill)} />
        {word}
      </span>
    );
  }
  return (
    <span className={clsx('font-semibold', ink)} title={`${word} severity`}>
      <span aria-hidden>{letter}</span>
      <span className="sr-only">{word}</span>
    </span>
  );
}

/** The 4 px bar at a row's left edge; the row must be positioned. */
export function SeverityBar({ severity }: { severity: MarkedSeverity }) {
  return (
    <span aria-hidden className={clsx('absolute top-0.5 bottom-0.5 left-0 w-1 rounded-r-xs', marks[severity].fill)} />
  );
}

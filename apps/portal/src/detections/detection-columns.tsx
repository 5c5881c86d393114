import type { DetectionRule } from '@throughline/model';
import { type Column, Link, SeverityMark, StateMark, TacticStrip } from '../kit/index.ts';
import { levelWords, severityOfLevel, shareWords } from './detection-words.ts';

/** The columns of the list of rules. */
export const detectionColumns: readonly Column<DetectionRule>[] = [
  {
    id: 'level',
    header: 'Level',
    headerHidden: true,
    width: '32px',
    cell: ({ level }) => (
      <span title={`Level: ${levelWords[level]}`}>
        <SeverityMark severity={severityOfLevel[level]} />
      </span>
    ),
  },
  {
    id: 'title',
    header: 'Rule',
    width: 'minmax(150px, 3fr)',
    fixed: true,
    cell: ({ id, title, author, licence }) => (
      <span className="block leading-tight">
        <Link
          to="/detections/$ruleId"
          params={{ ruleId: id }}
          tone="plain"
          title={title}
          className="block truncate font-medium"
        >
          {title}
        </Link>
        <span className="block truncate text-12 text-n9">
          {[author === '' ? 'No author named' : author, licence].filter(Boolean).join(' · ')}
        </span>
      </span>
    ),
  },
  { id: 'state', header: 'State', width: '104px', cell: (rule) => <State rule={rule} /> },
  {
    id: 'source',
    header: 'Log source',
    width: 'minmax(120px, 1.4fr)',
    from: 980,
    cell: ({ logSource, kind }) => (
      <span className="block truncate text-n10" title={logSource}>
        {kind === 'correlation' ? 'Other rules' : logSource}
      </span>
    ),
  },
  {
    id: 'tactics',
    header: 'Tactics',
    width: '132px',
    from: 860,
    cell: ({ tactics }) => <TacticStrip tactics={tactics} />,
  },
  {
    id: 'matches',
    header: 'Matches',
    width: '76px',
    align: 'end',
    from: 480,
    cell: ({ matches }) => <Count of={matches} />,
  },
  {
    id: 'alerts',
    header: 'Alerts',
    width: '64px',
    align: 'end',
    from: 400,
    cell: ({ alerts }) => <Count of={alerts} />,
  },
  {
    id: 'excepted',
    header: 'Excepted',
    width: '76px',
    align: 'end',
    from: 760,
    cell: ({ excepted }) => <Count of={excepted} />,
  },
  {
    id: 'cost',
    header: 'Cost',
    width: '80px',
    align: 'end',
    from: 700,
    cell: ({ costShare }) => (
      <span className={costShare === 0 ? 'text-n9' : ''} title="Its part of the time that all rules took in 30 days">
        {shareWords(costShare)}
      </span>
    ),
  },
  {
    id: 'last',
    header: 'Last match',
    width: '96px',
    from: 620,
    cell: ({ lastMatchDay }) =>
      lastMatchDay === null ? <span className="text-n9">Never</span> : <span className="text-n10">{lastMatchDay}</span>,
  },
];

function Count({ of }: { of: number }) {
  return <span className={of === 0 ? 'text-n9' : ''}>{of.toLocaleString('en')}</span>;
}

/** Whether a rule is in use. */
export function State({ rule: { enabled, held } }: { rule: DetectionRule }) {
  if (!enabled) return <StateMark state="unknown" label="Off" />;
  return held === null ? <StateMark state="ok" label="On" /> : <StateMark state="pending" label="Held back" />;
}

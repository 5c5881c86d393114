import type { AuditEntry } from '@throughline/model';
import { type Column, StateMark, Time } from '../kit/index.ts';
import { actorWords, auditActionWords, auditOutcomeWords, outcomeMarks, targetWords } from './audit-words.ts';

/** The columns of the log; narrow screens keep when, who and what. */
export const auditColumns: Column<AuditEntry>[] = [
  { id: 'at', header: 'When', width: '64px', cell: (entry) => <Time value={entry.at} /> },
  {
    id: 'actor',
    header: 'Who',
    width: 'minmax(96px, 180px)',
    cell: (entry) => <Cut text={actorWords(entry.actor)} strong />,
  },
  {
    id: 'action',
    header: 'Action',
    width: 'minmax(140px, 1fr)',
    cell: (entry) => <Cut text={auditActionWords[entry.action]} />,
  },
  {
    id: 'target',
    header: 'Target',
    width: 'minmax(120px, 220px)',
    from: 640,
    cell: (entry) => <Cut text={targetWords(entry.target)} />,
  },
  {
    id: 'outcome',
    header: 'Outcome',
    width: '96px',
    from: 460,
    cell: (entry) => <StateMark state={outcomeMarks[entry.outcome]} label={auditOutcomeWords[entry.outcome]} />,
  },
  {
    id: 'address',
    header: 'Address',
    width: '140px',
    from: 820,
    cell: (entry) => <Cut text={entry.address ?? ''} />,
  },
  {
    id: 'seq',
    header: 'Entry',
    width: '72px',
    align: 'end',
    from: 940,
    cell: (entry) => <span className="text-n10">{entry.seq.toLocaleString('en')}</span>,
  },
];

function Cut({ text, strong = false }: { text: string; strong?: boolean }) {
  return (
    <span className={strong ? 'block truncate font-medium' : 'block truncate'} title={text}>
      {text}
    </span>
  );
}

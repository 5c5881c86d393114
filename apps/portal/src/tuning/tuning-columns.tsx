import type { TuningRule } from '@throughline/model';
import { Ellipsis } from 'lucide-react';
import { RuleSwitch } from '../app/rule-switch.tsx';
import { type Column, IconButton, Menu, Time } from '../kit/index.ts';
import { changeTuningRule, tuningKey } from './tuning-api.ts';
import { aboutInWords, actionWords, endsSoon, stopWords } from './tuning-words.ts';

/** The columns of the list of rules. */
export function tuningColumns(
  onEdit: (id: number) => void,
  onShow: (id: number) => void,
  onDelete: (rule: TuningRule) => void,
): Column<TuningRule>[] {
  return [
    {
      id: 'enabled',
      header: 'On',
      width: '56px',
      cell: (rule) => (
        <RuleSwitch rule={rule} change={(enabled) => changeTuningRule(rule.id, { enabled })} queryKey={tuningKey} />
      ),
    },
    {
      id: 'name',
      header: 'Name',
      width: 'minmax(140px, 2fr)',
      cell: (rule) => (
        <span className="block leading-tight">
          <button
            type="button"
            onClick={() => onEdit(rule.id)}
            className="block max-w-full truncate rounded-xs text-left font-medium underline-offset-2 hover:underline"
            title={rule.name}
          >
            {rule.name}
          </button>
          <span className="block truncate text-12 text-n9" title={aboutInWords(rule)}>
            {aboutInWords(rule)}
          </span>
        </span>
      ),
    },
    {
      id: 'action',
      header: 'Action',
      width: '152px',
      from: 560,
      cell: ({ action }) => <span className="block truncate">{actionWords[action]}</span>,
    },
    {
      id: 'matched',
      header: 'Alerts',
      width: '72px',
      align: 'end',
      cell: ({ id, name, matched }) => (
        <button
          type="button"
          aria-label={`${matched} alerts of ${name}`}
          onClick={() => onShow(id)}
          className="rounded-xs text-accent underline-offset-2 hover:underline"
        >
          {matched.toLocaleString('en')}
        </button>
      ),
    },
    {
      id: 'last',
      header: 'Last match',
      width: '96px',
      from: 720,
      cell: ({ lastMatchDateTime }) =>
        lastMatchDateTime === null ? (
          <span className="text-n9">Never</span>
        ) : (
          <Time value={lastMatchDateTime} form="ago" />
        ),
    },
    {
      id: 'expiry',
      header: 'Ends',
      width: '112px',
      from: 640,
      cell: (rule) =>
        rule.stopped !== null ? (
          <span title={stopWords[rule.stopped]}>{rule.stopped === 'expired' ? 'Ended' : 'Stopped'}</span>
        ) : rule.expiresDateTime === null ? (
          <span className="text-n9">Never</span>
        ) : (
          <span className={endsSoon(rule, Date.now()) ? 'font-medium text-n12' : 'text-n10'}>
            {rule.expiresDateTime.slice(0, 10)}
          </span>
        ),
    },
    {
      id: 'by',
      header: 'Saved by',
      width: '120px',
      from: 900,
      cell: ({ lastModifiedBy, createdBy }) => (
        <span className="block truncate text-n10" title={`Made by ${createdBy}`}>
          {lastModifiedBy}
        </span>
      ),
    },
    {
      id: 'menu',
      header: 'Actions',
      headerHidden: true,
      width: '48px',
      align: 'end',
      cell: (rule) => (
        <Menu
          align="end"
          trigger={<IconButton label={`Actions of ${rule.name}`} icon={Ellipsis} size="small" />}
          entries={[
            { label: 'Show its alerts', onSelect: () => onShow(rule.id) },
            { label: 'Edit', onSelect: () => onEdit(rule.id) },
            { label: 'Delete', danger: true, onSelect: () => onDelete(rule) },
          ]}
        />
      ),
    },
  ];
}

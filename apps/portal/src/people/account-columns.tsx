import type { Person } from '@throughline/model';
import { Bot, User } from 'lucide-react';
import { type Column, StateMark, Tag, Time } from '../kit/index.ts';
import { kindWords, roleNames, stateWords, wayWords } from './people-words.ts';

/** The columns of the accounts; narrow screens keep name, role and state. */
export const accountColumns: Column<Person>[] = [
  {
    id: 'name',
    header: 'Name',
    width: 'minmax(140px, 1.4fr)',
    cell: (person) => <Name person={person} />,
  },
  {
    id: 'role',
    header: 'Role',
    width: '108px',
    cell: ({ role }) => roleNames[role],
  },
  {
    id: 'groups',
    header: 'User groups',
    width: 'minmax(110px, 1fr)',
    from: 780,
    cell: ({ userGroups }) => <Cut text={userGroups.map(({ name }) => name).join(', ')} none="None" />,
  },
  {
    id: 'scope',
    header: 'Sees',
    width: 'minmax(110px, 1fr)',
    from: 620,
    cell: ({ deviceGroups }) => <Cut text={deviceGroups?.map(({ name }) => name).join(', ') ?? ''} none="Everything" />,
  },
  {
    id: 'ways',
    header: 'Comes in by',
    width: '144px',
    from: 900,
    cell: ({ signInWays, kind }) => (
      <Cut
        text={signInWays.map((way) => wayWords[way]).join(', ')}
        none={kind === 'service' ? 'No token yet' : 'Link only'}
      />
    ),
  },
  {
    id: 'signIn',
    header: 'Last sign-in',
    width: '96px',
    from: 540,
    cell: ({ lastSignInDateTime, kind }) =>
      lastSignInDateTime === null ? (
        <span className="text-n10">{kind === 'service' ? '–' : 'Never'}</span>
      ) : (
        <Time value={lastSignInDateTime} form="ago" />
      ),
  },
  { id: 'state', header: 'State', width: '150px', from: 440, cell: (person) => <State person={person} /> },
];

/** Whether an account can be used, or a token of it ends soon. */
export function State({ person: { disabled, tokensExpiringSoon } }: { person: Person }) {
  if (disabled) return <StateMark state="unknown" label={stateWords.disabled} />;
  if (tokensExpiringSoon > 0) return <Tag tone="pending">{stateWords.expiring}</Tag>;
  return <StateMark state="ok" label={stateWords.enabled} />;
}

function Name({ person: { kind, displayName, userName, disabled } }: { person: Person }) {
  const under = [displayName !== userName && userName, disabled && 'disabled'].filter(Boolean).join(' · ');
  const Icon = kind === 'service' ? Bot : User;
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Icon aria-label={kindWords[kind]} size={16} strokeWidth={1.75} className="shrink-0 text-n9" />
      <span className="min-w-0 leading-tight">
        <span className="block truncate font-medium">{displayName}</span>
        {under !== '' && <span className="block truncate text-12 text-n10">{under}</span>}
      </span>
    </span>
  );
}

function Cut({ text, none }: { text: string; none: string }) {
  return text === '' ? (
    <span className="text-n10">{none}</span>
  ) : (
    <span className="block truncate" title={text}>
      {text}
    </span>
  );
}

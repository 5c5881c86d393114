import type { Invitation } from '@throughline/model';
import { Button, type Column, Tag, Time } from '../kit/index.ts';
import { roleNames } from './people-words.ts';

/** The columns of the invitations; `reason` is why they cannot be changed. */
export function invitationColumns(
  reason: string | undefined,
  onAgain: (invitation: Invitation) => void,
  onRevoke: (invitation: Invitation) => void,
): Column<Invitation>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      width: 'minmax(110px, 1fr)',
      cell: ({ displayName, userName, note }) => (
        <span className="block min-w-0 leading-tight">
          <span className="block truncate font-medium">{displayName}</span>
          <span className="block truncate text-12 text-n10">{[userName, note].filter(Boolean).join(' · ')}</span>
        </span>
      ),
    },
    { id: 'role', header: 'Role', width: '110px', from: 520, cell: ({ role }) => roleNames[role] },
    {
      id: 'groups',
      header: 'User groups',
      width: 'minmax(100px, 1fr)',
      from: 820,
      cell: ({ userGroups }) => (
        <span className="block truncate">{userGroups.map(({ name }) => name).join(', ') || 'None'}</span>
      ),
    },
    {
      id: 'by',
      header: 'Invited by',
      width: '130px',
      from: 700,
      cell: ({ invitedBy }) => <span className="block truncate">{invitedBy}</span>,
    },
    {
      id: 'expires',
      header: 'Ends',
      width: '88px',
      cell: ({ expired, expiresDateTime }) =>
        expired ? <Tag tone="high">Too old</Tag> : <Time value={expiresDateTime} />,
    },
    {
      id: 'actions',
      header: 'Actions',
      headerHidden: true,
      width: '160px',
      align: 'end',
      cell: (invitation) => (
        <span className="flex justify-end">
          <Button
            size="small"
            variant="quiet"
            aria-label={`New link for ${invitation.userName}`}
            disabledReason={reason}
            onClick={() => onAgain(invitation)}
          >
            New link
          </Button>
          <Button
            size="small"
            variant="quiet"
            aria-label={`Withdraw ${invitation.userName}`}
            disabledReason={reason}
            onClick={() => onRevoke(invitation)}
          >
            Withdraw
          </Button>
        </span>
      ),
    },
  ];
}

import type { ApiToken, TenantToken } from '@throughline/model';
import { scopeWords } from '../app/words.ts';
import { Button, type Column, Tag, Time } from '../kit/index.ts';
import { reasonAgainst } from './people-filter.ts';

/** Whether the time of a token is over. */
export function hasEnded({ expiresDateTime }: Pick<ApiToken, 'expiresDateTime'>): boolean {
  return expiresDateTime !== null && Date.parse(expiresDateTime) <= Date.now();
}

/** When a token ends, with a warning when that is soon. */
export function Expiry({ token }: { token: Pick<ApiToken, 'expiresDateTime' | 'expiringSoon'> }) {
  const { expiresDateTime, expiringSoon } = token;
  if (expiresDateTime === null) return <span className="text-n10">never</span>;
  if (hasEnded(token)) return <Tag tone="high">Expired</Tag>;
  return expiringSoon ? (
    <Tag tone="pending">
      <Time value={expiresDateTime} />
    </Tag>
  ) : (
    <Time value={expiresDateTime} />
  );
}

/** The columns of everybody's tokens. */
export function tokenColumns(mayManage: boolean, onRevoke: (token: TenantToken) => void): Column<TenantToken>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      width: 'minmax(110px, 1fr)',
      cell: ({ name }) => <span className="block truncate font-medium">{name}</span>,
    },
    {
      id: 'owner',
      header: 'Owner',
      width: 'minmax(100px, 1fr)',
      cell: ({ owner }) => (
        <span className="block truncate" title={owner.userName}>
          {owner.displayName}
          {owner.disabled && <span className="text-n10"> (disabled)</span>}
        </span>
      ),
    },
    {
      id: 'scopes',
      header: 'Scopes',
      width: '160px',
      from: 640,
      cell: ({ scopes }) => (
        <span className="flex gap-1">
          {scopes.map((scope) => (
            <Tag key={scope}>{scopeWords[scope].label}</Tag>
          ))}
        </span>
      ),
    },
    {
      id: 'created',
      header: 'Created',
      width: '150px',
      from: 900,
      cell: ({ createdDateTime, createdBy }) => (
        <span className="block truncate">
          <Time value={createdDateTime} form="ago" />
          {createdBy !== null && ` by ${createdBy}`}
        </span>
      ),
    },
    {
      id: 'used',
      header: 'Last used',
      width: '100px',
      from: 760,
      cell: ({ lastUsedDateTime }) =>
        lastUsedDateTime === null ? (
          <span className="text-n10">Never</span>
        ) : (
          <Time value={lastUsedDateTime} form="ago" />
        ),
    },
    { id: 'expires', header: 'Ends', width: '92px', from: 460, cell: (token) => <Expiry token={token} /> },
    {
      id: 'revoke',
      header: 'Revoke',
      headerHidden: true,
      width: '76px',
      align: 'end',
      cell: (token) => (
        <Button
          size="small"
          variant="quiet"
          aria-label={`Revoke ${token.name} of ${token.owner.userName}`}
          disabledReason={reasonAgainst(mayManage, 'accounts.manage', token.beyond)}
          onClick={() => onRevoke(token)}
        >
          Revoke
        </Button>
      ),
    },
  ];
}

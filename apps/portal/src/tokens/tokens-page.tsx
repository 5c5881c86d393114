import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ApiToken } from '@throughline/model';
import { Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { revokeToken, tokensQuery } from '../api/operate.ts';
import { useMay, useMe } from '../api/session.ts';
import { scopeWords } from '../app/words.ts';
import {
  Button,
  type Column,
  Dialog,
  EmptyState,
  ErrorState,
  NoPermission,
  PageHeader,
  SkeletonRows,
  Table,
  Tag,
  Time,
  useLate,
  useToast,
} from '../kit/index.ts';
import { CreateToken } from './create-token.tsx';

const rowKey = (token: ApiToken) => String(token.id);

/** The own API tokens: create with scopes and an end, shown once; revoke. */
export function TokensPage() {
  const tokens = useQuery(tokensQuery);
  const me = useMe();
  const may = useMay('tokens.own');
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<ApiToken>();
  const late = useLate(tokens.isPending);
  const columns = useMemo(() => tokenColumns(setRevoking), []);
  if (me && !may) return <NoPermission permission="tokens.own" />;
  const create = (
    <Button variant="primary" icon={Plus} onClick={() => setCreating(true)}>
      Create a token
    </Button>
  );
  return (
    <main className="flex h-full flex-col">
      <PageHeader
        title="API tokens"
        lead="Programs use them in your name: to send alerts in, to read, to change. Each may do only what its scopes say."
        actions={(tokens.data?.length ?? 0) > 0 && create}
      />
      <div className="hairline min-h-0 flex-1 border-t">
        {tokens.isError ? (
          <ErrorState
            title="The tokens could not be loaded"
            error={tokens.error}
            onRetry={() => void tokens.refetch()}
          />
        ) : tokens.isPending ? (
          late && <SkeletonRows rows={4} />
        ) : tokens.data.length === 0 ? (
          <EmptyState title="No tokens yet" action={create}>
            A source needs one with the scope intake to send its alerts to this server.
          </EmptyState>
        ) : (
          <Table label="API tokens" columns={columns} rows={tokens.data} rowKey={rowKey} />
        )}
      </div>
      {creating && <CreateToken onClose={() => setCreating(false)} />}
      {revoking && <Revoke token={revoking} onClose={() => setRevoking(undefined)} />}
    </main>
  );
}

function tokenColumns(onRevoke: (token: ApiToken) => void): Column<ApiToken>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      width: 'minmax(120px, 1fr)',
      cell: (token) => <span className="block truncate font-medium">{token.name}</span>,
    },
    {
      id: 'scopes',
      header: 'Scopes',
      width: '160px',
      from: 520,
      cell: (token) => (
        <span className="flex gap-1">
          {token.scopes.map((scope) => (
            <Tag key={scope}>{scopeWords[scope].label}</Tag>
          ))}
        </span>
      ),
    },
    {
      id: 'created',
      header: 'Created',
      width: '100px',
      from: 700,
      cell: (token) => <Time value={token.createdDateTime} form="ago" />,
    },
    {
      id: 'used',
      header: 'Last used',
      width: '100px',
      from: 600,
      cell: (token) =>
        token.lastUsedDateTime === null ? (
          <span className="text-n9">Never</span>
        ) : (
          <Time value={token.lastUsedDateTime} form="ago" />
        ),
    },
    { id: 'expires', header: 'Expires', width: '100px', cell: (token) => <Expiry token={token} /> },
    {
      id: 'revoke',
      header: 'Revoke',
      headerHidden: true,
      width: '72px',
      align: 'end',
      cell: (token) => (
        <Button size="small" variant="quiet" aria-label={`Revoke ${token.name}`} onClick={() => onRevoke(token)}>
          Revoke
        </Button>
      ),
    },
  ];
}

function Expiry({ token }: { token: ApiToken }) {
  if (token.expiresDateTime === null) return <span className="text-n9">Never</span>;
  const over = Date.parse(token.expiresDateTime) < Date.now();
  return over ? <Tag tone="high">Expired</Tag> : <Time value={token.expiresDateTime} />;
}

function Revoke({ token, onClose }: { token: ApiToken; onClose: () => void }) {
  const client = useQueryClient();
  const toast = useToast();
  const revoke = useMutation({
    mutationFn: () => revokeToken(token.id),
    onSuccess: async () => {
      onClose();
      toast({ message: `Token ${token.name} revoked` });
      await client.invalidateQueries({ queryKey: ['tokens'] });
    },
    onError: (error) => toast({ tone: 'failed', message: `Not revoked: ${error.message}` }),
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Revoke ${token.name}?`}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Keep it
          </Button>
          <Button variant="danger" busy={revoke.isPending} onClick={() => revoke.mutate()}>
            Revoke the token
          </Button>
        </>
      }
    >
      <p>
        Programs that use it are refused from now on. This cannot be undone
        {token.lastUsedDateTime !== null && (
          <>
            ; it was last used <Time value={token.lastUsedDateTime} form="ago" />
          </>
        )}
        .
      </p>
    </Dialog>
  );
}

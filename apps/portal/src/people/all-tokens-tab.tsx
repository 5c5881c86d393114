import { useQuery } from '@tanstack/react-query';
import type { TenantToken } from '@throughline/model';
import { useMemo, useState } from 'react';
import { useMay } from '../api/session.ts';
import { Banner, EmptyState, ErrorState, SkeletonRows, Table, useLate } from '../kit/index.ts';
import { tenantTokensQuery } from './people-api.ts';
import { RevokeDialog } from './revoke-dialog.tsx';
import { tokenColumns } from './token-columns.tsx';

const rowKey = (token: TenantToken) => String(token.id);

/** Every token of the tenant, of people and programs. */
export function AllTokensTab() {
  const tokens = useQuery(tenantTokensQuery());
  const late = useLate(tokens.isPending);
  const mayManage = useMay('accounts.manage');
  const [revoking, setRevoking] = useState<TenantToken>();
  const columns = useMemo(() => tokenColumns(mayManage, setRevoking), [mayManage]);
  const soon = tokens.data?.filter(({ expiringSoon }) => expiringSoon).length ?? 0;
  return (
    <div className="flex h-full min-h-0 flex-col">
      {soon > 0 && (
        <div className="px-4 py-2">
          <Banner tone="warning" title={soon === 1 ? 'One token ends soon' : `${soon} tokens end soon`}>
            Within 14 days. Those of service accounts can be replaced: open the account.
          </Banner>
        </div>
      )}
      <div className="min-h-0 flex-1">
        {tokens.isError ? (
          <ErrorState
            title="The tokens could not be loaded"
            error={tokens.error}
            onRetry={() => void tokens.refetch()}
          />
        ) : tokens.isPending ? (
          late && <SkeletonRows rows={6} />
        ) : tokens.data.length === 0 ? (
          <EmptyState title="No tokens yet">
            People make their own under API tokens; for a program, add a service account.
          </EmptyState>
        ) : (
          <Table label="API tokens of everybody" columns={columns} rows={tokens.data} rowKey={rowKey} />
        )}
      </div>
      {revoking && <RevokeDialog token={revoking} onClose={() => setRevoking(undefined)} />}
    </div>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Invitation } from '@throughline/model';
import { UserPlus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { accessKey } from '../access/access-api.ts';
import { useMay } from '../api/session.ts';
import { Button, EmptyState, ErrorState, SkeletonRows, Table, Time, useLate, useToast } from '../kit/index.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { invitationColumns } from './invitation-columns.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { invitationsQuery, resendInvitation, revokeInvitation } from './people-api.ts';
import { reasonAgainst } from './people-filter.ts';
import { SecretDialog } from './secret-dialog.tsx';

const rowKey = (invitation: Invitation) => String(invitation.id);

/** Who is invited and has not come yet. */
export function InvitationsTab() {
  const invitations = useQuery(invitationsQuery);
  const late = useLate(invitations.isPending);
  const client = useQueryClient();
  const toast = useToast();
  const reason = reasonAgainst(useMay('accounts.manage'), 'accounts.manage', null);
  const [inviting, setInviting] = useState(false);
  const [revoking, setRevoking] = useState<Invitation>();
  const again = useMutation({
    mutationFn: (invitation: Invitation) => resendInvitation(invitation.id),
    onSuccess: () => client.invalidateQueries({ queryKey: accessKey }),
    onError: (error) => toast({ tone: 'failed', message: `No new link: ${error.message}` }),
  });
  const { mutate, reset } = again;
  const columns = useMemo(() => invitationColumns(reason, mutate, setRevoking), [reason, mutate]);
  const add = (
    <Button variant="primary" icon={UserPlus} disabledReason={reason} onClick={() => setInviting(true)}>
      Invite a person
    </Button>
  );
  return (
    <div className="flex h-full min-h-0 flex-col">
      {(invitations.data?.length ?? 0) > 0 && <div className="flex justify-end px-4 py-2">{add}</div>}
      <div className="hairline min-h-0 flex-1 border-t">
        {invitations.isError ? (
          <ErrorState
            title="The invitations could not be loaded"
            error={invitations.error}
            onRetry={() => void invitations.refetch()}
          />
        ) : invitations.isPending ? (
          late && <SkeletonRows rows={4} />
        ) : invitations.data.length === 0 ? (
          <EmptyState title="No open invitations" action={add}>
            An invitation is a link, good once. The account is made when it is accepted.
          </EmptyState>
        ) : (
          <Table label="Invitations" columns={columns} rows={invitations.data} rowKey={rowKey} rowHeight={40} />
        )}
      </div>
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
      {again.data && (
        <SecretDialog
          title={`New link for ${again.data.displayName}`}
          label="Link"
          secret={again.data.url}
          onClose={reset}
        >
          <p className="text-n10">
            The link before it is dead. This one is good once, until{' '}
            <Time value={again.data.expiresDateTime} form="exact" />.
          </p>
        </SecretDialog>
      )}
      {revoking && (
        <ConfirmDialog
          title={`Withdraw the invitation of ${revoking.displayName}?`}
          action="Withdraw the invitation"
          done={`Invitation of ${revoking.displayName} withdrawn`}
          run={() => revokeInvitation(revoking.id)}
          onClose={() => setRevoking(undefined)}
        >
          <p>Its link is dead from then on. No account was made.</p>
        </ConfirmDialog>
      )}
    </div>
  );
}

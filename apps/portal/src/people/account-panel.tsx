import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { People, Person } from '@throughline/model';
import { Bot, User } from 'lucide-react';
import { useState } from 'react';
import { accessKey } from '../access/access-api.ts';
import { OwnRoleSources } from '../access/own-role-sources.tsx';
import { OthersSignIn } from '../account/others-sign-in.tsx';
import { useMay, useMe } from '../api/session.ts';
import { Banner, Button, KeyValueList, SidePanel, Time, useToast } from '../kit/index.ts';
import { State } from './account-columns.tsx';
import { AccountForm } from './account-form.tsx';
import { AccountRights } from './account-rights.tsx';
import { AccountTokens } from './account-tokens.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { changeAccount, deleteServiceAccount, makeSignInLink } from './people-api.ts';
import { reasonAgainst } from './people-filter.ts';
import { kindWords, wayWords } from './people-words.ts';
import { SecretDialog } from './secret-dialog.tsx';

export interface AccountPanelProps {
  person: Person;
  beyondOfRole: People['beyondOfRole'] | undefined;
  onClose: () => void;
}

/** One account: what it is, may do and sees; its tokens; what can be changed about it. */
export function AccountPanel({ person, beyondOfRole, onClose }: AccountPanelProps) {
  const me = useMe();
  const mayManage = useMay('accounts.manage');
  const mayReadAccess = useMay('access.read');
  const mayAssign = useMay('access.manage');
  const client = useQueryClient();
  const toast = useToast();
  const [asking, setAsking] = useState<'disable' | 'delete'>();
  const reason = reasonAgainst(mayManage, 'accounts.manage', person.beyond);
  const service = person.kind === 'service';
  const own = me?.id === person.id;
  const link = useMutation({ mutationFn: () => makeSignInLink(person.id) });
  const enable = useMutation({
    mutationFn: () => changeAccount(person.id, { disabled: false }),
    onSuccess: async () => {
      toast({ message: `${person.displayName} enabled` });
      await client.invalidateQueries({ queryKey: accessKey });
    },
  });
  const error = link.error ?? enable.error;
  const Icon = service ? Bot : User;
  return (
    <SidePanel
      label={`Account ${person.userName}`}
      title={
        <span className="flex items-center gap-2">
          <Icon aria-hidden size={18} strokeWidth={1.75} className="shrink-0 text-n9" />
          <span className="truncate">{person.displayName}</span>
        </span>
      }
      onClose={onClose}
    >
      <div className="flex flex-col gap-5 p-4">
        {error && <Banner tone="failed">{error.message}</Banner>}
        {reason !== undefined && <Banner>{reason}: it can be looked at, not changed.</Banner>}
        <KeyValueList
          items={[
            { key: 'User name', value: person.userName },
            { key: 'Kind', value: kindWords[person.kind] },
            { key: 'State', value: <State person={person} /> },
            {
              key: 'Comes in by',
              value:
                person.signInWays.map((way) => wayWords[way]).join(', ') || (service ? 'No token yet' : 'Link only'),
            },
            ...(service
              ? []
              : [
                  {
                    key: 'Last sign-in',
                    value:
                      person.lastSignInDateTime === null ? (
                        'Never'
                      ) : (
                        <Time value={person.lastSignInDateTime} form="exact" />
                      ),
                  },
                ]),
            { key: 'Added', value: <Time value={person.createdDateTime} form="exact" /> },
          ]}
        />
        <AccountForm person={person} beyondOfRole={beyondOfRole} disabledReason={reason} />
        {mayReadAccess && (
          <OwnRoleSources account={person} disabledReason={reasonAgainst(mayAssign, 'access.manage', person.beyond)} />
        )}
        <AccountRights person={person} />
        <AccountTokens person={person} disabledReason={reason} />
        {!service && reason === undefined && <OthersSignIn id={person.id} name={person.displayName} />}
        <section aria-labelledby="account-actions" className="flex flex-col gap-2">
          <h2 id="account-actions" className="font-medium">
            Actions
          </h2>
          <div className="flex flex-wrap gap-2">
            {!service && (
              <Button
                busy={link.isPending}
                disabledReason={reason ?? (person.disabled ? 'A disabled account cannot sign in' : undefined)}
                onClick={() => link.mutate()}
              >
                Make a sign-in link
              </Button>
            )}
            {person.disabled ? (
              <Button busy={enable.isPending} disabledReason={reason} onClick={() => enable.mutate()}>
                Enable
              </Button>
            ) : (
              <Button
                variant="danger"
                disabledReason={reason ?? (own ? 'This is your own account' : undefined)}
                onClick={() => setAsking('disable')}
              >
                Disable
              </Button>
            )}
            {service && (
              <Button variant="danger" disabledReason={reason} onClick={() => setAsking('delete')}>
                Delete
              </Button>
            )}
          </div>
        </section>
      </div>
      {link.data && (
        <SecretDialog
          title={`Sign-in link for ${person.displayName}`}
          label="Link"
          secret={link.data.url}
          onClose={() => link.reset()}
        >
          <p className="text-n10">It signs in once, within 15 minutes.</p>
        </SecretDialog>
      )}
      {asking === 'disable' && (
        <ConfirmDialog
          title={`Disable ${person.displayName}?`}
          action="Disable the account"
          done={`${person.displayName} disabled`}
          run={() => changeAccount(person.id, { disabled: true })}
          onClose={() => setAsking(undefined)}
        >
          <p>
            {service
              ? 'Its tokens end for good, and programs that use them are refused from now on.'
              : 'Sessions end at once and tokens stop working. The account and what it did stay; it can be enabled again.'}
          </p>
        </ConfirmDialog>
      )}
      {asking === 'delete' && (
        <ConfirmDialog
          title={`Delete ${person.displayName}?`}
          action="Delete the service account"
          done={`${person.displayName} deleted`}
          run={() => deleteServiceAccount(person.id)}
          onDone={onClose}
          onClose={() => setAsking(undefined)}
        >
          <p>
            Its tokens end with it ({person.tokens} in use). What it did stays in the logs under its name. This cannot
            be undone.
          </p>
        </ConfirmDialog>
      )}
    </SidePanel>
  );
}

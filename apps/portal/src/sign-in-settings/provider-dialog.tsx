import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ProviderAdmission, SignInProvider } from '@throughline/model';
import { useState } from 'react';
import { Banner, Button, Checkbox, FormDialog, SelectField, TextField, useToast } from '../kit/index.ts';
import { checkProvider, deleteProvider, saveProvider, signInKey } from './sso-api.ts';

const admissions: readonly { value: ProviderAdmission; label: string }[] = [
  { value: 'mapped', label: 'Only people with a mapped group' },
  { value: 'everyone', label: 'Everyone, as reader at least' },
];

/** Makes a provider or, with `provider`, changes or deletes it. "Check" asks the provider what it is. */
export function ProviderDialog({ provider, onClose }: { provider?: SignInProvider; onClose: () => void }) {
  const client = useQueryClient();
  const toast = useToast();
  const [draft, setDraft] = useState(() => draftOf(provider));
  const set = (change: Partial<typeof draft>) => setDraft({ ...draft, ...change });
  const text = (
    field: 'name' | 'issuer' | 'clientId' | 'clientSecret' | 'scopes' | 'groupsClaim' | 'userNameClaim',
  ) => ({
    value: draft[field],
    onChange: (event: { target: { value: string } }) => set({ [field]: event.target.value }),
  });
  const done = async (message: string) => {
    await client.invalidateQueries({ queryKey: signInKey });
    onClose();
    toast({ message });
  };
  const check = useMutation({ mutationFn: () => checkProvider(draft.issuer.trim()) });
  const save = useMutation({
    mutationFn: () => {
      const { clientSecret, ...fields } = draft;
      return saveProvider(provider?.id, { ...fields, ...(clientSecret !== '' && { clientSecret }) });
    },
    onSuccess: ({ name }) => done(`Provider ${name} saved`),
  });
  const remove = useMutation({ mutationFn: deleteProvider, onSuccess: () => done('Provider deleted') });
  const missing = (['name', 'issuer', 'clientId'] as const).some((field) => draft[field].trim() === '')
    ? 'Enter name, issuer and client id first'
    : undefined;
  const error = save.error ?? remove.error ?? check.error;
  return (
    <FormDialog
      title={provider === undefined ? 'Add a sign-in provider' : provider.name}
      width="wide"
      missing={missing}
      busy={save.isPending}
      error={error}
      extra={
        provider !== undefined && (
          <Button variant="danger" busy={remove.isPending} onClick={() => remove.mutate(provider.id)}>
            Delete
          </Button>
        )
      }
      onClose={onClose}
      onSubmit={() => save.mutate()}
    >
      <TextField
        label="Name"
        required
        maxLength={60}
        hint="The words on the button: “Continue with …”."
        {...text('name')}
      />
      <div className="flex items-start gap-2">
        <TextField
          label="Issuer"
          required
          className="flex-1"
          inputMode="url"
          placeholder="https://login.example.com/tenant"
          hint="Its address in the provider’s own words. On another host the stored secret is wiped."
          {...text('issuer')}
        />
        <Button
          className="mt-5"
          busy={check.isPending}
          disabledReason={draft.issuer.trim() === '' ? 'Enter the issuer first' : undefined}
          onClick={() => check.mutate()}
        >
          Check
        </Button>
      </div>
      {check.data && (
        <Banner tone={check.data.ok ? 'ok' : 'failed'} title={check.data.ok ? 'Found' : 'Not found'}>
          {check.data.detail}
          {check.data.found && (
            <span className="block text-12 break-all">Sign-in page: {check.data.found.authorizationEndpoint}</span>
          )}
        </Banner>
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField label="Client id" required maxLength={300} autoComplete="off" {...text('clientId')} />
        <TextField
          label="Client secret"
          type="password"
          autoComplete="new-password"
          hint={provider?.hasSecret ? 'Stored. Left empty, it stays.' : 'Kept sealed and never shown again.'}
          {...text('clientSecret')}
        />
        <TextField label="Scopes" required maxLength={500} {...text('scopes')} />
        <TextField label="Claim with the groups" required maxLength={200} {...text('groupsClaim')} />
        <TextField label="Claim with the user name" required maxLength={200} {...text('userNameClaim')} />
        <SelectField
          label="Who may come in"
          options={[...admissions]}
          value={draft.admission}
          onChange={(admission) => set({ admission: admission as ProviderAdmission })}
        />
      </div>
      <div>
        <Checkbox
          checked={draft.enabled}
          onChange={(enabled) => set({ enabled })}
          label="Offered on the sign-in page"
        />
      </div>
      {provider !== undefined && (
        <p className="text-12 text-n9">
          Deleting it takes back what its groups gave and unlinks {provider.accounts} accounts.
        </p>
      )}
    </FormDialog>
  );
}

function draftOf(provider: SignInProvider | undefined) {
  return {
    name: provider?.name ?? '',
    issuer: provider?.issuer ?? '',
    clientId: provider?.clientId ?? '',
    clientSecret: '',
    scopes: provider?.scopes ?? 'openid profile email',
    groupsClaim: provider?.groupsClaim ?? 'groups',
    userNameClaim: provider?.userNameClaim ?? 'preferred_username',
    admission: provider?.admission ?? ('mapped' as ProviderAdmission),
    enabled: provider?.enabled ?? true,
  };
}

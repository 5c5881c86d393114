import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SecondFactorSettings } from '@throughline/model';
import { accountKey, saveSecondFactorPolicy, secondFactorPolicyQuery } from '../account/account-api.ts';
import { Section } from '../account/section.tsx';
import { useMay } from '../api/session.ts';
import { Banner, SelectField, useToast } from '../kit/index.ts';

type Policy = SecondFactorSettings['policy'];

const options: readonly { value: Policy; label: string }[] = [
  { value: 'optional', label: 'Nobody must; everybody may' },
  { value: 'administrators', label: 'Administrators' },
  { value: 'everyone', label: 'Everyone' },
];

/** Who must have a second factor. */
export function SecondFactorPolicySection() {
  const client = useQueryClient();
  const toast = useToast();
  const mayChange = useMay('access.manage');
  const settings = useQuery(secondFactorPolicyQuery);
  const save = useMutation({
    mutationFn: (policy: Policy) => saveSecondFactorPolicy({ policy }),
    onSuccess: () => toast({ message: 'Saved' }),
    onSettled: () => client.invalidateQueries({ queryKey: accountKey }),
  });
  if (settings.data === undefined) return null;
  return (
    <Section
      title="Second factor"
      lead="A passkey or an authenticator app beside the password. People who come in by single sign-on are asked there."
    >
      {save.isError && <Banner tone="failed">{save.error.message}</Banner>}
      <SelectField
        className="max-w-80"
        label="Must have a second factor"
        hint="Who must and has none can only set one up until it is done."
        options={[...options]}
        value={settings.data.policy}
        disabled={!mayChange || save.isPending}
        onChange={(policy) => save.mutate(policy as Policy)}
      />
    </Section>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SecondFactorSettings } from '@throughline/model';
import { accountKey, saveSecondFactorPolicy, secondFactorPolicyQuery } from '../account/account-api.ts';
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
    <section className="flex max-w-160 flex-col gap-3 p-4">
      <h2 className="text-16 font-medium">Second factor</h2>
      {save.isError && <Banner tone="failed">{save.error.message}</Banner>}
      <SelectField
        label="Must have a second factor"
        hint="Who must and has none can only set one up until it is done. People who come in by single sign-on are asked there."
        options={[...options]}
        value={settings.data.policy}
        disabled={!mayChange || save.isPending}
        onChange={(policy) => save.mutate(policy as Policy)}
      />
    </section>
  );
}

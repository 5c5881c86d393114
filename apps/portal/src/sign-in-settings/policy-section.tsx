import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { LocalOffObstacle, SignInPolicyChange } from '@throughline/model';
import { Section } from '../account/section.tsx';
import { useMay } from '../api/session.ts';
import { Banner, Checkbox, Switch } from '../kit/index.ts';
import { policyQuery, savePolicy, signInKey } from './sso-api.ts';

const obstacleWords: Record<LocalOffObstacle, string> = {
  noProvenProvider:
    'No provider is proven: an administrator who sees everything must sign in through an enabled one, after its last change.',
  noBreakGlassAccount: 'No break-glass account is marked below.',
};

/** Whether people may sign in with a password, who may in an emergency, and who could get in without. */
export function PolicySection() {
  const client = useQueryClient();
  const policy = useQuery(policyQuery);
  const mayChange = useMay('access.manage');
  const save = useMutation({
    mutationFn: (change: SignInPolicyChange) => savePolicy(change),
    onSettled: () => client.invalidateQueries({ queryKey: signInKey }),
  });
  if (policy.data === undefined) return null;
  const { localSignIn, obstacles, breakGlass, couldGetIn } = policy.data;
  const stuck = localSignIn && obstacles.length > 0;
  const mark = (accountId: number, marked: boolean) => {
    const others = breakGlass
      .filter((each) => each.marked && each.accountId !== accountId)
      .map((each) => each.accountId);
    save.mutate({ breakGlassAccountIds: marked ? [...others, accountId] : others });
  };
  return (
    <Section
      title="Sign-in by password"
      lead="Can be turned off once single sign-on is proven to work. A one-time link of the server’s command line always works: throughline user link NAME."
    >
      {save.isError && <Banner tone="failed">{save.error.message}</Banner>}
      <Switch
        checked={localSignIn}
        disabled={!mayChange || stuck || save.isPending}
        label="People may sign in with a password"
        onChange={(on) => save.mutate({ localSignIn: on })}
      />
      {stuck && (
        <div>
          <p className="text-n10">It cannot be turned off yet:</p>
          <ul className="list-disc pl-5 text-n10">
            {obstacles.map((each) => (
              <li key={each}>{obstacleWords[each]}</li>
            ))}
          </ul>
        </div>
      )}
      <div>
        <h3 className="pb-1 font-medium">
          {localSignIn ? 'Administrators who could still get in with it off' : 'Administrators who can get in'}
        </h3>
        {couldGetIn.length === 0 ? (
          <p className="text-n10">Nobody.</p>
        ) : (
          <ul className="text-n10">
            {couldGetIn.map(({ accountId, displayName, userName, by }) => (
              <li key={`${accountId} ${by}`}>
                {displayName} ({userName}) · {by}
              </li>
            ))}
          </ul>
        )}
      </div>
      <fieldset className="flex flex-col gap-1">
        <legend className="pb-1 font-medium">Break-glass accounts</legend>
        <p className="max-w-160 pb-1 text-n10">
          May sign in with their password when it is off for everybody else. Each time is told in the audit log.
        </p>
        {breakGlass.length === 0 && (
          <p className="text-n10">No administrator has a password yet. Each sets their own in “Your account”.</p>
        )}
        {breakGlass.map(({ accountId, displayName, userName, marked }) => (
          <Checkbox
            key={accountId}
            checked={marked}
            disabled={!mayChange || save.isPending}
            label={`${displayName} (${userName})`}
            onChange={(on) => mark(accountId, on)}
          />
        ))}
      </fieldset>
    </Section>
  );
}

import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { Switch, useToast } from '../kit/index.ts';

interface RuleSwitchProps {
  rule: { name: string; enabled: boolean };
  /** Turns it on or off; resolves with the rule as it is then. */
  change: (enabled: boolean) => Promise<{ name: string; enabled: boolean }>;
  /** What is read again afterwards. */
  queryKey: QueryKey;
}

/** Turns a rule of a list on or off where it stands. */
export function RuleSwitch({ rule, change, queryKey }: RuleSwitchProps) {
  const client = useQueryClient();
  const toast = useToast();
  const run = useMutation({
    mutationFn: change,
    onSuccess: ({ name, enabled }) => toast({ message: `${name} is ${enabled ? 'on' : 'off'}` }),
    onError: (error) => toast({ tone: 'failed', message: `Not changed: ${error.message}` }),
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
  return (
    <Switch
      checked={run.isPending ? run.variables : rule.enabled}
      disabled={run.isPending}
      onChange={(enabled) => run.mutate(enabled)}
      label={<span className="sr-only">{rule.name} is on</span>}
    />
  );
}

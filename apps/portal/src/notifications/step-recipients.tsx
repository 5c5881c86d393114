import { useMutation, useQuery } from '@tanstack/react-query';
import { Banner, Button, Checkbox, SelectField } from '../kit/index.ts';
import { AddressBox } from './address-box.tsx';
import { policiesQuery } from './escalation-api.ts';
import { groupsQuery, mailServerQuery, sendTestMail, webhooksQuery } from './notifications-api.ts';
import type { StepProps } from './rule-wizard.tsx';
import { TestResults } from './test-results.tsx';

const mostInTest = 10;

export function StepRecipients({ draft, onChange, onTab }: StepProps) {
  const whole = useQuery(groupsQuery).data?.all ?? false;
  const server = useQuery({ ...mailServerQuery, enabled: whole });
  const hooks = useQuery({ ...webhooksQuery, enabled: whole });
  const policies = useQuery({ ...policiesQuery, enabled: whole });
  const test = useMutation({ mutationFn: () => sendTestMail(draft.recipients.slice(0, mostInTest)) });
  const { recipients } = draft;
  const why =
    recipients.length === 0
      ? 'Add an address first'
      : server.data || !whole
        ? undefined
        : 'Set up the mail server first';
  return (
    <div className="flex flex-col gap-5">
      <AddressBox
        recipients={recipients}
        most={50}
        hint="New recipients hear of incidents that begin after they were added."
        onChange={(next) => onChange({ recipients: next })}
      />
      {server.data === null && (
        <Banner
          tone="warning"
          action={
            <Button size="small" onClick={() => onTab('server')}>
              Set it up
            </Button>
          }
        >
          No mail server is set up yet. The rule can be saved; its mails wait.
        </Banner>
      )}
      <div className="flex flex-col items-start gap-2">
        <Button busy={test.isPending} disabledReason={why} onClick={() => test.mutate()}>
          Send test mail
        </Button>
        {recipients.length > mostInTest && (
          <p className="text-12 text-n9">The test goes to the first {mostInTest} addresses.</p>
        )}
        {test.isError && <Banner tone="failed">{test.error.message}</Banner>}
        {test.data && <TestResults answer={test.data} />}
      </div>
      {draft.kind === 'incident' && (policies.data?.length ?? 0) > 0 && (
        <SelectField
          label="Escalation policy"
          hint="Whom it tells next while nobody takes the incident up."
          options={[
            { value: '', label: 'None' },
            ...(policies.data ?? []).map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
          value={draft.policyId === null ? '' : String(draft.policyId)}
          onChange={(id) => onChange({ policyId: id === '' ? null : Number(id) })}
        />
      )}
      {(hooks.data?.length ?? 0) > 0 && (
        <fieldset>
          <legend className="pb-1 text-12 font-medium text-n11">Webhooks</legend>
          {hooks.data?.map(({ id, name }) => (
            <Checkbox
              key={id}
              className="flex! min-h-7! justify-start!"
              checked={draft.webhooks.includes(id)}
              onChange={(on) =>
                onChange({ webhooks: on ? [...draft.webhooks, id] : draft.webhooks.filter((each) => each !== id) })
              }
              label={name}
            />
          ))}
        </fieldset>
      )}
    </div>
  );
}

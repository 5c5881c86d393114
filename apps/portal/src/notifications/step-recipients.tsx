import { useMutation, useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useState } from 'react';
import { Banner, Button, Checkbox, IconButton, SelectField, TextField } from '../kit/index.ts';
import { policiesQuery } from './escalation-api.ts';
import { groupsQuery, mailServerQuery, sendTestMail, webhooksQuery } from './notifications-api.ts';
import { isMailAddress, splitAddresses } from './rule-draft.ts';
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
      <AddressBox recipients={recipients} onChange={(next) => onChange({ recipients: next })} />
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

function AddressBox({ recipients, onChange }: { recipients: string[]; onChange: (recipients: string[]) => void }) {
  const [text, setText] = useState('');
  const [error, setError] = useState<string>();
  const add = () => {
    const words = splitAddresses(text);
    const wrong = words.find((word) => !isMailAddress(word));
    if (wrong !== undefined) return setError(`“${wrong}” is no mail address.`);
    const known = new Set(recipients.map((address) => address.toLowerCase()));
    onChange([...recipients, ...words.filter((word) => !known.has(word.toLowerCase()))].slice(0, 50));
    setText('');
    setError(undefined);
  };
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-start gap-2">
        <TextField
          label="Recipient"
          type="text"
          inputMode="email"
          autoComplete="off"
          placeholder="soc@example.com"
          hint="Several at once between commas. New recipients hear of incidents that begin after they were added."
          error={error}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || text.trim() === '') return;
            event.preventDefault();
            add();
          }}
          className="flex-1"
        />
        <Button
          className="mt-5"
          onClick={add}
          disabledReason={text.trim() === '' ? 'Type an address first' : undefined}
        >
          Add
        </Button>
      </div>
      {recipients.length > 0 && (
        <ul aria-label="Recipients" className="hairline divide-y divide-n4 rounded-md border">
          {recipients.map((address) => (
            <li key={address} className="flex h-8 items-center gap-2 pr-1 pl-2">
              <span className="min-w-0 flex-1 truncate">{address}</span>
              <IconButton
                label={`Remove ${address}`}
                icon={X}
                size="small"
                onClick={() => onChange(recipients.filter((each) => each !== address))}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

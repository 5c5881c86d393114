import { useQuery } from '@tanstack/react-query';
import type { EscalationPolicy, EscalationStep } from '@throughline/model';
import { useState } from 'react';
import { Button, Checkbox, TextField } from '../kit/index.ts';
import { deletePolicy, policiesQuery, savePolicy, schedulesQuery } from './escalation-api.ts';
import { ItemList } from './item-list.tsx';
import { webhooksQuery } from './notifications-api.ts';
import { isMailAddress, splitAddresses } from './rule-draft.ts';
import { SaveDialog } from './save-dialog.tsx';

/** Who is told next while nobody takes an incident up. */
export function EscalationTab() {
  const policies = useQuery(policiesQuery);
  const words = useTargetWords();
  return (
    <ItemList
      what="policy"
      query={policies}
      empty={{
        title: 'No escalation policies yet',
        words: 'A policy tells the next people, step by step, while nobody takes an incident up. Rules refer to it.',
      }}
      nameOf={({ name }) => name}
      dialog={(policy, onClose) => <PolicyDialog {...(policy && { policy })} onClose={onClose} />}
      remove={deletePolicy}
      removal="Rules that use it keep it from being deleted."
    >
      {(policy) => (
        <>
          <ol className="text-n10">
            {policy.steps.map((step, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: steps have no other identity than their place.
              <li key={index} className="wrap-anywhere">
                {step.afterMinutes} min {index === 0 ? 'after the first message' : 'later'}: {words(step)}
              </li>
            ))}
          </ol>
          <p className="text-12 text-n9">
            {policy.repeats > 0 && `All of it again up to ${policy.repeats} times. `}
            {policy.rules.length === 0 ? 'No rule uses it.' : `Used by ${policy.rules.join(', ')}.`}
            {policy.running > 0 && ` ${policy.running} under way.`}
          </p>
        </>
      )}
    </ItemList>
  );
}

function useTargetWords(): (step: EscalationStep) => string {
  const hooks = useQuery(webhooksQuery).data ?? [];
  const schedules = useQuery(schedulesQuery).data ?? [];
  return ({ mails, webhooks, schedules: turns }) =>
    [
      ...mails,
      ...turns.map((id) => `on call: ${schedules.find((each) => each.id === id)?.name ?? id}`),
      ...webhooks.map((id) => hooks.find((each) => each.id === id)?.name ?? `webhook ${id}`),
    ].join(', ');
}

type StepDraft = { key: number; minutes: string; mails: string; webhooks: number[]; schedules: number[] };

function draftOf(step: EscalationStep | undefined, key: number): StepDraft {
  return {
    key,
    minutes: String(step?.afterMinutes ?? 15),
    mails: step?.mails.join(', ') ?? '',
    webhooks: step?.webhooks ?? [],
    schedules: step?.schedules ?? [],
  };
}

function PolicyDialog({ policy, onClose }: { policy?: EscalationPolicy; onClose: () => void }) {
  const [name, setName] = useState(policy?.name ?? '');
  const [repeats, setRepeats] = useState(String(policy?.repeats ?? 0));
  const [steps, setSteps] = useState(() => (policy?.steps ?? [undefined]).map((step, place) => draftOf(step, place)));
  const put = (key: number, part: Partial<StepDraft>) =>
    setSteps((now) => now.map((step) => (step.key === key ? { ...step, ...part } : step)));
  const save = () =>
    savePolicy(policy?.id, {
      name: name.trim(),
      repeats: Number(repeats),
      steps: steps.map(({ minutes, mails, webhooks, schedules }) => ({
        afterMinutes: Number(minutes),
        mails: splitAddresses(mails),
        webhooks,
        schedules,
      })),
    });
  return (
    <SaveDialog
      title={policy === undefined ? 'Add an escalation policy' : `Edit ${policy.name}`}
      save={save}
      saved="Escalation policy saved"
      missing={missingIn(name, repeats, steps)}
      onClose={onClose}
    >
      <TextField label="Name" required maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
      {steps.map((step, place) => (
        <StepFields
          key={step.key}
          place={place}
          step={step}
          onChange={(part) => put(step.key, part)}
          onRemove={steps.length === 1 ? undefined : () => setSteps((now) => now.filter(({ key }) => key !== step.key))}
        />
      ))}
      <div>
        <Button
          disabledReason={steps.length < 10 ? undefined : 'Ten steps are the most'}
          onClick={() => setSteps((now) => [...now, draftOf(undefined, Math.max(...now.map(({ key }) => key)) + 1)])}
        >
          Add a step
        </Button>
      </div>
      <TextField
        label="Repeat all steps"
        inputMode="numeric"
        hint="How often it starts again when nobody takes the incident up; 0 to 9."
        value={repeats}
        onChange={(event) => setRepeats(event.target.value)}
      />
    </SaveDialog>
  );
}

interface StepFieldsProps {
  place: number;
  step: StepDraft;
  onChange: (part: Partial<StepDraft>) => void;
  onRemove: (() => void) | undefined;
}

function StepFields({ place, step, onChange, onRemove }: StepFieldsProps) {
  const schedules = useQuery(schedulesQuery).data ?? [];
  const hooks = useQuery(webhooksQuery).data ?? [];
  const toggle = (list: number[], id: number, on: boolean) => (on ? [...list, id] : list.filter((each) => each !== id));
  return (
    <fieldset className="hairline flex flex-col gap-3 rounded-md border p-3">
      <legend className="px-1 text-12 font-medium text-n11">Step {place + 1}</legend>
      <TextField
        label={place === 0 ? 'Minutes after the first message' : 'Minutes after the step before'}
        required
        inputMode="numeric"
        value={step.minutes}
        onChange={(event) => onChange({ minutes: event.target.value })}
      />
      <TextField
        label="Mail addresses"
        hint="Several between commas."
        value={step.mails}
        onChange={(event) => onChange({ mails: event.target.value })}
      />
      {schedules.map(({ id, name }) => (
        <Checkbox
          key={id}
          className="flex! min-h-7! justify-start!"
          checked={step.schedules.includes(id)}
          onChange={(on) => onChange({ schedules: toggle(step.schedules, id, on) })}
          label={`Whoever is on call: ${name}`}
        />
      ))}
      {hooks.map(({ id, name }) => (
        <Checkbox
          key={id}
          className="flex! min-h-7! justify-start!"
          checked={step.webhooks.includes(id)}
          onChange={(on) => onChange({ webhooks: toggle(step.webhooks, id, on) })}
          label={`Webhook: ${name}`}
        />
      ))}
      {onRemove && (
        <div>
          <Button size="small" variant="quiet" aria-label={`Remove step ${place + 1}`} onClick={onRemove}>
            Remove the step
          </Button>
        </div>
      )}
    </fieldset>
  );
}

function missingIn(name: string, repeats: string, steps: readonly StepDraft[]): string | undefined {
  if (name.trim() === '') return 'Give the policy a name first';
  for (const { minutes, mails, webhooks, schedules } of steps) {
    if (!/^\d{1,5}$/.test(minutes) || Number(minutes) > 10_080) return 'Minutes are a number up to 10080';
    const addresses = splitAddresses(mails);
    const wrong = addresses.find((address) => !isMailAddress(address));
    if (wrong !== undefined) return `“${wrong}” is no mail address`;
    if (addresses.length + webhooks.length + schedules.length === 0) return 'Every step needs somebody to tell';
  }
  return /^\d$/.test(repeats) ? undefined : 'Repeats are a number from 0 to 9';
}

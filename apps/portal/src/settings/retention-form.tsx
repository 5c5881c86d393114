import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { RetentionPreview, RetentionSettings } from '@throughline/model';
import { useState } from 'react';
import { useMay } from '../api/session.ts';
import { Banner, Button, SelectField, TextField, Time, useToast } from '../kit/index.ts';
import { daysOf, periods, textsOf } from './retention-periods.ts';
import { changeRetention, retentionPreviewQuery, retentionQuery } from './settings-api.ts';

const choices = [
  { value: 'ever', label: 'For ever' },
  { value: 'days', label: 'For a number of days' },
];
const wrong = (least: number) => `Enter a whole number from ${least} to 36,500.`;

/** For how long data is kept, and what a shorter time would delete today. */
export function RetentionForm({ retention }: { retention: RetentionSettings }) {
  const client = useQueryClient();
  const toast = useToast();
  const mayChange = useMay('data.delete');
  const { incidentDays, updatedDateTime, updatedBy } = retention;
  const [keep, setKeep] = useState(incidentDays === null ? 'ever' : 'days');
  const [text, setText] = useState(String(incidentDays ?? 365));
  const [texts, setTexts] = useState(() => textsOf(retention));
  const days = keep === 'ever' ? null : daysOf(text, 30);
  const others = periods.map(({ name }) => ({ name, days: daysOf(texts[name], 1) }));
  const changed = days !== incidentDays || others.some((other) => other.days !== retention[other.name]);
  const valid = days !== undefined && others.every((other) => other.days !== undefined);
  const wanted = typeof days === 'number' && days !== incidentDays;
  const preview = useQuery({ ...retentionPreviewQuery(days ?? 30), enabled: wanted });
  const shorter = others.some((other) => other.days !== undefined && other.days < retention[other.name]);
  const save = useMutation({
    mutationFn: () =>
      changeRetention({
        ...(days !== undefined && { incidentDays: days }),
        ...Object.fromEntries(others.map((other) => [other.name, other.days])),
        updatedDateTime,
      }),
    onSuccess: (saved) => {
      client.setQueryData(retentionQuery.queryKey, saved);
      toast({ message: 'Retention saved' });
    },
  });
  const missing = !changed
    ? 'Nothing is changed'
    : !valid
      ? 'A number of days is not valid'
      : wanted && preview.data === undefined
        ? 'What it would delete is being counted'
        : undefined;
  return (
    <form
      className="flex max-w-160 flex-col gap-4 px-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (missing === undefined) save.mutate();
      }}
    >
      {save.isError && (
        <Banner
          tone="failed"
          title="Not saved"
          action={
            <Button size="small" onClick={() => void client.invalidateQueries({ queryKey: retentionQuery.queryKey })}>
              Read again
            </Button>
          }
        >
          {save.error.message}
        </Banner>
      )}
      <SelectField
        label="Resolved incidents are kept"
        hint="Counted from their last change. Open incidents are never deleted."
        options={choices}
        value={keep}
        disabled={!mayChange}
        onChange={setKeep}
      />
      {keep === 'days' && (
        <TextField
          label="Days"
          inputMode="numeric"
          value={text}
          disabled={!mayChange}
          onChange={(event) => setText(event.target.value.trim())}
          {...(days === undefined && { error: wrong(30) })}
        />
      )}
      {wanted && preview.isError && <Banner tone="failed">{preview.error.message}</Banner>}
      {wanted && preview.data && <Preview preview={preview.data} />}
      <fieldset className="grid gap-4 pt-2 sm:grid-cols-2">
        <legend className="text-16 font-semibold">Kept for a number of days</legend>
        {periods.map(({ name, label, hint, usual }) => (
          <TextField
            key={name}
            label={label}
            hint={`${hint} Usual: ${usual}.`}
            inputMode="numeric"
            value={texts[name]}
            disabled={!mayChange}
            onChange={(event) => setTexts({ ...texts, [name]: event.target.value.trim() })}
            {...(daysOf(texts[name], 1) === undefined && { error: wrong(1) })}
          />
        ))}
      </fieldset>
      {shorter && <Banner tone="warning">What is older than the shorter time goes within an hour, for good.</Banner>}
      <div className="flex flex-wrap items-center justify-between gap-4">
        <p className="text-12 text-n9">
          {updatedBy === 'system' ? (
            'Nobody has changed these yet.'
          ) : (
            <>
              Settings last changed by {updatedBy} <Time value={updatedDateTime} form="ago" />
            </>
          )}
        </p>
        {mayChange && (
          <Button variant="primary" type="submit" busy={save.isPending} disabledReason={missing}>
            Save
          </Button>
        )}
      </div>
    </form>
  );
}

function Preview({ preview: { incidents, alerts, oldest } }: { preview: RetentionPreview }) {
  if (incidents === 0) return <Banner>Today this would delete nothing.</Banner>;
  return (
    <Banner tone="warning">
      Today this would delete {incidents === 1 ? '1 incident' : `${incidents} incidents`} with{' '}
      {alerts === 1 ? '1 alert' : `${alerts} alerts`}
      {oldest !== null && (
        <>
          , the oldest last changed <Time value={oldest} form="exact" />
        </>
      )}
      . There is no way back.
    </Banner>
  );
}

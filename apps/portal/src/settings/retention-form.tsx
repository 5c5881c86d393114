import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { RetentionPreview, RetentionSettings } from '@throughline/model';
import { useState } from 'react';
import { useMay } from '../api/session.ts';
import { Banner, Button, SelectField, TextField, Time, useToast } from '../kit/index.ts';
import { changeRetention, retentionPreviewQuery, retentionQuery } from './settings-api.ts';

const choices = [
  { value: 'ever', label: 'For ever' },
  { value: 'days', label: 'For a number of days' },
];

/** For how long resolved incidents are kept, and what a shorter time would delete today. */
export function RetentionForm({ retention }: { retention: RetentionSettings }) {
  const client = useQueryClient();
  const toast = useToast();
  const mayChange = useMay('data.delete');
  const { incidentDays, updatedDateTime } = retention;
  const [keep, setKeep] = useState(incidentDays === null ? 'ever' : 'days');
  const [text, setText] = useState(String(incidentDays ?? 365));
  const whole = /^\d{2,5}$/.test(text) && Number(text) >= 30 && Number(text) <= 36_500;
  const days = keep === 'ever' ? null : Number(text);
  const valid = keep === 'ever' || whole;
  const changed = days !== incidentDays;
  const wanted = keep === 'days' && whole && changed;
  const preview = useQuery({ ...retentionPreviewQuery(days ?? 30), enabled: wanted });
  const save = useMutation({
    mutationFn: () => changeRetention({ incidentDays: days, updatedDateTime }),
    onSuccess: (saved) => {
      client.setQueryData(retentionQuery.queryKey, saved);
      toast({ message: 'Retention saved' });
    },
  });
  const missing = !changed
    ? 'Nothing is changed'
    : !valid
      ? 'Enter from 30 to 36,500 days'
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
        <Banner tone="failed" title="Not saved">
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
          {...(!whole && { error: 'Enter a whole number from 30 to 36,500.' })}
        />
      )}
      {wanted && preview.isError && <Banner tone="failed">{preview.error.message}</Banner>}
      {wanted && preview.data && <Preview preview={preview.data} />}
      {mayChange && (
        <div>
          <Button variant="primary" type="submit" busy={save.isPending} disabledReason={missing}>
            Save
          </Button>
        </div>
      )}
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

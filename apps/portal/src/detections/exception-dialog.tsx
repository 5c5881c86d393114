import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ExceptionOperator, exceptionOperators } from '@throughline/model';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { Button, FormDialog, IconButton, SelectField, TextAreaField, TextField, useToast } from '../kit/index.ts';
import { operatorWords } from './detection-words.ts';
import { addDetectionException, detectionsKey } from './detections-api.ts';

type Draft = { key: number; field: string; operator: ExceptionOperator; values: string };

const operators = exceptionOperators.map((value) => ({ value, label: operatorWords[value] }));
const mostConditions = 10;

/** Which matches of a rule are no alert, why, and until when. */
export function ExceptionDialog({ ruleId, onClose }: { ruleId: string; onClose: () => void }) {
  const client = useQueryClient();
  const toast = useToast();
  const [drafts, setDrafts] = useState<Draft[]>([{ key: 0, field: '', operator: 'equals', values: '' }]);
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const conditions = drafts.map(({ field, operator, values }) => ({
    field: field.trim(),
    operator,
    values: values.split('\n').flatMap((value) => (value.trim() === '' ? [] : [value.trim()])),
  }));
  const missing = conditions.some(({ field, values }) => field === '' || values.length === 0)
    ? 'Each condition needs a field and a value'
    : reason.trim() === ''
      ? 'Say why: others will ask'
      : undefined;
  const run = useMutation({
    mutationFn: () =>
      addDetectionException(ruleId, { conditions, reason: reason.trim(), expiresDateTime: endOf(until) }),
    onSuccess: () => {
      onClose();
      toast({ message: 'The exception holds from now on' });
    },
    onSettled: () => client.invalidateQueries({ queryKey: detectionsKey }),
  });
  const put = (key: number, part: Partial<Draft>) =>
    setDrafts(drafts.map((draft) => (draft.key === key ? { ...draft, ...part } : draft)));
  const name = (at: number) => (drafts.length === 1 ? '' : ` ${at + 1}`);
  return (
    <FormDialog
      title="New exception"
      submit="Make the exception"
      width="wide"
      missing={missing}
      busy={run.isPending}
      error={run.error}
      onClose={onClose}
      onSubmit={() => run.mutate()}
    >
      <p className="text-n10">
        A match for which every condition holds is counted, and is no alert. Case does not count.
      </p>
      {drafts.map(({ key, field, operator, values }, at) => (
        <div key={key} className="flex flex-wrap items-start gap-2 sm:flex-nowrap">
          <TextField
            label={`Field${name(at)}`}
            hint="As in the event, or a column"
            className="basis-40 grow"
            maxLength={200}
            value={field}
            onChange={(event) => put(key, { field: event.target.value })}
          />
          <SelectField
            label={`Compared${name(at)}`}
            className="basis-32"
            options={operators}
            value={operator}
            onChange={(next) => put(key, { operator: next })}
          />
          <TextAreaField
            label={`Values${name(at)}`}
            hint="One a line; any of them"
            className="basis-56 grow-2"
            rows={2}
            value={values}
            onChange={(event) => put(key, { values: event.target.value })}
          />
          {drafts.length > 1 && (
            <span className="pt-5.5">
              <IconButton
                label={`Remove condition ${at + 1}`}
                icon={X}
                onClick={() => setDrafts(drafts.filter((draft) => draft.key !== key))}
              />
            </span>
          )}
        </div>
      ))}
      <span>
        <Button
          size="small"
          icon={Plus}
          disabledReason={
            drafts.length >= mostConditions ? `${mostConditions} conditions are as many as may be` : undefined
          }
          onClick={() => {
            const key = Math.max(...drafts.map((draft) => draft.key)) + 1;
            setDrafts([...drafts, { key, field: '', operator: 'equals', values: '' }]);
          }}
        >
          Add a condition
        </Button>
      </span>
      <TextAreaField
        label="Reason"
        hint="Shown beside it, with your name."
        rows={2}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <TextField
        label="Until"
        type="date"
        hint="Its last day. Empty: until somebody ends it."
        value={until}
        onChange={(event) => setUntil(event.target.value)}
      />
    </FormDialog>
  );
}

/** The end of a day of this browser's calendar. */
function endOf(day: string): string | null {
  const at = new Date(`${day}T00:00:00`);
  if (Number.isNaN(at.getTime())) return null;
  at.setDate(at.getDate() + 1);
  return at.toISOString();
}

import { useQuery } from '@tanstack/react-query';
import type { ExceptionEffect, ExceptionSubject } from '@throughline/model';
import { useDeferredValue, useState } from 'react';
import { Combobox, Field, FormDialog, SelectField, TextAreaField, TextField } from '../kit/index.ts';
import { subjectsQuery } from './correlation-api.ts';
import { effectWords, subjectWords } from './correlation-words.ts';
import type { DraftException } from './draft.ts';

interface ExceptionDialogProps {
  /** One to change, or what is known of a new one. */
  exception: DraftException | null;
  taken: readonly DraftException[];
  onClose: () => void;
  onDone: (exception: DraftException) => void;
}

const subjects = Object.entries(subjectWords).map(([value, label]) => ({ value: value as ExceptionSubject, label }));
const effects = Object.entries(effectWords).map(([value, { label }]) => ({ value: value as ExceptionEffect, label }));
const blank: DraftException = {
  id: null,
  subject: 'detection',
  effect: 'standAlone',
  value: '',
  name: '',
  kind: null,
  reason: '',
  expiresDateTime: null,
};

/** What an exception is about, what it does, why, and until when. It joins the draft; it is saved with it. */
export function ExceptionDialog({ exception, taken, onClose, onDone }: ExceptionDialogProps) {
  const [made, setMade] = useState(exception ?? blank);
  const [text, setText] = useState('');
  const found = useQuery(subjectsQuery(made.subject, useDeferredValue(text)));
  const options = (found.data ?? []).map(({ value, name, kind, alerts }) => ({
    value,
    label: made.subject === 'detection' ? `${name} (${value})` : name,
    hint: kind ?? (alerts === 1 ? '1 alert' : `${alerts} alerts`),
  }));
  const shown = made.value !== '' && !options.some(({ value }) => value === made.value);
  const others = taken.filter(
    (each) => each !== exception && each.subject === made.subject && each.value === made.value,
  );
  const clash = others.some((each) => (each.effect === 'standAlone') === (made.effect === 'standAlone'));
  const missing =
    made.value === ''
      ? 'Choose what it is about'
      : made.reason.trim() === ''
        ? 'Say why: others will ask'
        : clash
          ? 'There is an exception about this already'
          : undefined;
  const choose = (value: string | undefined) => {
    const choice = found.data?.find((each) => each.value === value);
    setMade({ ...made, value: value ?? '', name: choice?.name ?? value ?? '', kind: choice?.kind ?? null });
  };
  return (
    <FormDialog
      title={exception?.id ? 'Change an exception' : 'New exception'}
      submit="Add to the draft"
      missing={missing}
      onClose={onClose}
      onSubmit={() => onDone({ ...made, reason: made.reason.trim() })}
    >
      <SelectField
        label="About"
        options={subjects}
        value={made.subject}
        onChange={(subject) => {
          setText('');
          const effect = subject === 'entity' ? made.effect : 'standAlone';
          setMade({ ...made, subject, effect, value: '', name: '', kind: null });
        }}
      />
      <Field
        label={subjectWords[made.subject]}
        hint={
          made.subject === 'entity'
            ? 'Type a part of its name.'
            : 'Those of the newest 20,000 alerts. Type a part of its name.'
        }
      >
        {(ids) => (
          <Combobox
            {...ids}
            single
            options={shown ? [{ value: made.value, label: made.name }, ...options] : options}
            values={made.value === '' ? [] : [made.value]}
            onText={setText}
            onChange={(values) => choose(values[0])}
          />
        )}
      </Field>
      {made.subject === 'entity' ? (
        <SelectField
          label="Effect"
          hint={effectWords[made.effect].hint}
          options={effects}
          value={made.effect}
          onChange={(effect) => setMade({ ...made, effect })}
        />
      ) : (
        <p className="text-n10">{effectWords.standAlone.hint}</p>
      )}
      <TextAreaField
        label="Reason"
        hint="Shown beside it, with your name."
        maxLength={500}
        value={made.reason}
        onChange={(event) => setMade({ ...made, reason: event.target.value })}
      />
      <TextField
        label="Until"
        type="date"
        hint="Its last day. Empty: until somebody removes it."
        value={dayOf(made.expiresDateTime)}
        onChange={(event) => setMade({ ...made, expiresDateTime: endOf(event.target.value) })}
      />
    </FormDialog>
  );
}

function dayOf(instant: string | null): string {
  if (instant === null) return '';
  const at = new Date(Date.parse(instant) - 1);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** The end of a day of this browser's calendar. */
function endOf(day: string): string | null {
  const at = new Date(`${day}T00:00:00`);
  if (Number.isNaN(at.getTime())) return null;
  at.setDate(at.getDate() + 1);
  return at.toISOString();
}

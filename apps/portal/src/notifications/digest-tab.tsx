import { useMutation, useQuery } from '@tanstack/react-query';
import type { Digest } from '@throughline/model';
import { useState } from 'react';
import { useMe } from '../api/session.ts';
import { Banner, Button, Checkbox, ScrollRegion, TextField, Time, usualZone } from '../kit/index.ts';
import { deleteDigest, digestsQuery, previewDigest, saveDigest, testDigest } from './escalation-api.ts';
import { ItemList } from './item-list.tsx';
import { isMailAddress } from './rule-draft.ts';
import { SaveDialog } from './save-dialog.tsx';
import { TestResults } from './test-results.tsx';

const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** One mail a day: what is new, open, unassigned. */
export function DigestTab() {
  return (
    <ItemList
      what="digest"
      query={useQuery(digestsQuery)}
      empty={{
        title: 'No daily digests yet',
        words: 'A digest is one mail a day: new incidents, what is open and unassigned, and how intake is.',
      }}
      nameOf={({ recipient }) => recipient}
      dialog={(digest, onClose) => <DigestDialog {...(digest && { digest })} onClose={onClose} />}
      remove={deleteDigest}
      removal="The recipient gets no digest any more."
    >
      {({ time, timeZone, days, nextDateTime, lastModifiedBy }) => (
        <>
          <p className="text-n10">
            {time}, {timeZone}, {days.length === 7 ? 'every day' : days.map((day) => dayNames[day - 1]).join(', ')}
          </p>
          <p className="text-12 text-n9">
            {nextDateTime === null ? (
              'Switched off'
            ) : (
              <>
                Next <Time value={nextDateTime} form="short" />
              </>
            )}
            , counts what {lastModifiedBy} sees
          </p>
        </>
      )}
    </ItemList>
  );
}

function DigestDialog({ digest, onClose }: { digest?: Digest; onClose: () => void }) {
  const me = useMe();
  const [form, setForm] = useState({
    recipient: digest?.recipient ?? (me && isMailAddress(me.userName) ? me.userName : ''),
    time: digest?.time ?? '07:00',
    timeZone: digest?.timeZone ?? usualZone(),
    days: digest?.days ?? [1, 2, 3, 4, 5],
    enabled: digest?.enabled ?? true,
  });
  const put = (part: Partial<typeof form>) => setForm((now) => ({ ...now, ...part }));
  const test = useMutation({ mutationFn: () => testDigest(form) });
  const preview = useMutation({ mutationFn: () => previewDigest(form.timeZone) });
  const missing = !isMailAddress(form.recipient)
    ? 'Enter the recipient’s address first'
    : form.days.length === 0
      ? 'Choose at least one day'
      : undefined;
  return (
    <SaveDialog
      title={digest === undefined ? 'Add a daily digest' : `Digest for ${digest.recipient}`}
      save={() => saveDigest(digest?.id, form)}
      saved="Daily digest saved"
      missing={missing}
      onClose={onClose}
    >
      <TextField
        label="Recipient"
        required
        inputMode="email"
        hint="It counts what you see: your device groups."
        value={form.recipient}
        onChange={(event) => put({ recipient: event.target.value.trim() })}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label="Time"
          type="time"
          required
          value={form.time}
          onChange={(event) => put({ time: event.target.value })}
        />
        <TextField
          label="Time zone"
          required
          value={form.timeZone}
          onChange={(event) => put({ timeZone: event.target.value })}
        />
      </div>
      <fieldset>
        <legend className="pb-1 text-12 font-medium text-n11">Days</legend>
        <div className="flex flex-wrap gap-x-4">
          {dayNames.map((name, index) => (
            <Checkbox
              key={name}
              className="flex! min-h-7!"
              checked={form.days.includes(index + 1)}
              onChange={(on) =>
                put({ days: on ? [...form.days, index + 1] : form.days.filter((day) => day !== index + 1) })
              }
              label={name}
            />
          ))}
        </div>
      </fieldset>
      <Checkbox
        className="flex! min-h-7! justify-start!"
        checked={form.enabled}
        onChange={(enabled) => put({ enabled })}
        label="Send it"
      />
      <div className="flex flex-wrap gap-2">
        <Button busy={preview.isPending} onClick={() => preview.mutate()}>
          Preview
        </Button>
        <Button busy={test.isPending} disabledReason={missing} onClick={() => test.mutate()}>
          Send a test
        </Button>
      </div>
      {(test.error ?? preview.error) && <Banner tone="failed">{(test.error ?? preview.error)?.message}</Banner>}
      {test.data && <TestResults answer={test.data} />}
      {preview.data && (
        <ScrollRegion
          label="Preview of the digest"
          maxHeight={240}
          className="hairline overflow-y-auto rounded-md border bg-n2 px-3 py-2"
        >
          <p className="pb-2 font-semibold wrap-anywhere">{preview.data.mail.subject}</p>
          <pre className="wrap-anywhere whitespace-pre-wrap">{preview.data.mail.text}</pre>
        </ScrollRegion>
      )}
    </SaveDialog>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CorrelationSettings, ProposedChoices } from '@throughline/model';
import { useEffect, useState } from 'react';
import { Banner, Button, Progress, TextField, useToast } from '../kit/index.ts';
import { settingsKey } from '../settings/settings-api.ts';
import { ComparisonView } from './comparison-view.tsx';
import { cancelPreview, changeCorrelation, correlationQuery, previewQuery, startPreview } from './correlation-api.ts';

interface ReviewProps {
  settings: CorrelationSettings;
  proposed: ProposedChoices;
  changes: readonly string[];
  onBack: () => void;
  onSaved: () => void;
}

/** What the changes would have done to the last 30 days, and the way to save them. */
export function Review({ settings, proposed, changes, onBack, onSaved }: ReviewProps) {
  const client = useQueryClient();
  const toast = useToast();
  const [comment, setComment] = useState('');
  const start = useMutation({ mutationFn: () => startPreview(proposed) });
  const id = start.data?.id;
  const preview = useQuery({ ...previewQuery(id ?? ''), enabled: id !== undefined }).data ?? start.data;
  const cancel = useMutation({
    mutationFn: () => cancelPreview(id ?? ''),
    onSuccess: (ended) => client.setQueryData(previewQuery(ended.id).queryKey, ended),
  });
  const { mutate: begin } = start;
  useEffect(() => begin(), [begin]);
  const running = preview?.state === 'running';
  const save = useMutation({
    mutationFn: () => changeCorrelation({ version: settings.version, comment: comment.trim(), choices: proposed }),
    onSuccess: async (saved) => {
      client.setQueryData(correlationQuery.queryKey, saved);
      await client.invalidateQueries({ queryKey: [...settingsKey, 'correlation'] });
      toast({ message: 'Saved: it holds from the next alert' });
      onSaved();
    },
  });
  const missing =
    preview === undefined || running
      ? 'The preview is still running'
      : comment.trim() === ''
        ? 'Say why you change this'
        : undefined;
  const leave = () => {
    if (running) cancel.mutate();
    onBack();
  };
  return (
    <form
      className="flex max-w-220 flex-col gap-6 px-4 pt-4 pb-10"
      onSubmit={(event) => {
        event.preventDefault();
        if (missing === undefined) save.mutate();
      }}
    >
      <section aria-labelledby="review-changes">
        <h2 id="review-changes" className="text-16 font-semibold">
          {changes.length === 1 ? 'One change' : `${changes.length} changes`}
        </h2>
        <ul className="list-inside list-disc">
          {changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="review-preview" className="flex flex-col gap-3">
        <h2 id="review-preview" className="text-16 font-semibold">
          The last 30 days with them
        </h2>
        {start.isError && (
          <Banner tone="failed" title="No preview" action={<Again onClick={begin} />}>
            {start.error.message}
          </Banner>
        )}
        {running && (
          <div className="flex items-end gap-4">
            <div className="flex-1">
              <Progress
                label={`${preview.done.toLocaleString('en')} of ${preview.total.toLocaleString('en')} alerts replayed`}
                labelled
                {...(preview.total > 0 && { value: preview.done, max: preview.total })}
              />
            </div>
            <Button size="small" busy={cancel.isPending} onClick={() => cancel.mutate()}>
              Cancel
            </Button>
          </div>
        )}
        {preview?.state === 'cancelled' && (
          <Banner title="Cancelled" action={<Again onClick={begin} />}>
            Nothing is known of what these changes do.
          </Banner>
        )}
        {preview?.state === 'failed' && (
          <Banner tone="failed" title="No preview" action={<Again onClick={begin} />}>
            {preview.message}
          </Banner>
        )}
        {preview?.comparison && <ComparisonView comparison={preview.comparison} />}
      </section>
      <section aria-label="Save" className="hairline flex flex-col gap-4 border-t pt-4">
        {save.isError && (
          <Banner tone="failed" title="Not saved">
            {save.error.message}
          </Banner>
        )}
        <TextField
          label="Why"
          hint="Kept with the version and in the audit log."
          maxLength={500}
          value={comment}
          onChange={(event) => setComment(event.target.value)}
        />
        <p className="text-n10">
          Alerts are decided with the new settings from the next batch on. What was decided stays as it is.
        </p>
        <div className="flex justify-end gap-2">
          <Button variant="quiet" onClick={leave}>
            Back to the settings
          </Button>
          <Button variant="primary" type="submit" busy={save.isPending} disabledReason={missing}>
            Save
          </Button>
        </div>
      </section>
    </form>
  );
}

function Again({ onClick }: { onClick: () => void }) {
  return (
    <Button size="small" onClick={onClick}>
      Try again
    </Button>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SourceSettings } from '@throughline/model';
import { useState } from 'react';
import { Banner, FormDialog, TextAreaField, TextField, useToast } from '../kit/index.ts';
import { choiceSentences } from './deletion-words.ts';
import { deleteSource, settingsKey, sourcePreviewQuery } from './settings-api.ts';

/** Deletes all data of a source for good: what would go, its name typed, and why. */
export function DeleteSourceDialog({ settings, onClose }: { settings: SourceSettings; onClose: () => void }) {
  const { source, enabled } = settings;
  const client = useQueryClient();
  const toast = useToast();
  const [confirm, setConfirm] = useState('');
  const [reason, setReason] = useState('');
  const preview = useQuery(sourcePreviewQuery(source));
  const start = useMutation({
    mutationFn: () => deleteSource(source, { confirm, reason: reason.trim() }),
    onSuccess: () => {
      onClose();
      toast({ message: `The data of ${source} is being deleted` });
    },
    onSettled: () => client.invalidateQueries({ queryKey: settingsKey }),
  });
  const nothing = preview.data !== undefined && preview.data.alerts === 0 && preview.data.letters === 0;
  const missing =
    preview.data === undefined
      ? 'What would go is being counted'
      : nothing
        ? 'Nothing of this source is stored'
        : confirm !== source
          ? 'Type the name of the source'
          : reason.trim() === ''
            ? 'Say why'
            : undefined;
  return (
    <FormDialog
      title={`Delete all data of ${source}`}
      onClose={onClose}
      onSubmit={() => start.mutate()}
      submit="Delete for good"
      danger
      busy={start.isPending}
      error={start.error ?? preview.error}
      missing={missing}
    >
      {preview.data !== undefined && (
        <Banner tone={nothing ? 'info' : 'warning'}>
          {nothing
            ? 'Nothing of this source is stored.'
            : `${choiceSentences(preview.data).join(' ')} There is no way back.`}
        </Banner>
      )}
      <p className="text-n10">
        The ledger keeps its counts and says beside them how many were deleted.
        {enabled && ' What the source sends from now on is stored: disable it first if it should not be.'}
      </p>
      <TextField
        label="Name of the source"
        hint={`Type ${source}.`}
        value={confirm}
        autoComplete="off"
        onChange={(event) => setConfirm(event.target.value.trim())}
      />
      <TextAreaField
        label="Reason"
        hint="Kept in the audit log."
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </FormDialog>
  );
}

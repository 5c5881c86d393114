import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { SourceSettings } from '@throughline/model';
import { useState } from 'react';
import { useMay } from '../api/session.ts';
import { Button, Checkbox, FormDialog, KeyValueList, TextAreaField, TextField, Time, useToast } from '../kit/index.ts';
import { changeSource, settingsKey } from './settings-api.ts';

/** Names a source, says how often it should send, and enables or disables it. */
export function SourceDialog({
  settings,
  onClose,
  onDelete,
}: {
  settings: SourceSettings;
  onClose: () => void;
  /** Its data is to be deleted for good. */
  onDelete: () => void;
}) {
  const client = useQueryClient();
  const toast = useToast();
  const mayChange = useMay('settings.manage');
  const mayDelete = useMay('data.delete');
  const [displayName, setDisplayName] = useState(settings.displayName);
  const [note, setNote] = useState(settings.note);
  const [minutes, setMinutes] = useState(settings.expectedMinutes === null ? '' : String(settings.expectedMinutes));
  const [enabled, setEnabled] = useState(settings.enabled);
  const save = useMutation({
    mutationFn: () =>
      changeSource(settings.source, {
        displayName: displayName.trim(),
        note: note.trim(),
        expectedMinutes: minutes === '' ? null : Number(minutes),
        enabled,
        updatedDateTime: settings.updatedDateTime,
      }),
    onSuccess: async (saved) => {
      onClose();
      toast({ message: `Source ${saved.displayName || saved.source} saved` });
    },
    onSettled: () => client.invalidateQueries({ queryKey: settingsKey }),
  });
  const whole = minutes === '' || (/^\d{1,6}$/.test(minutes) && Number(minutes) >= 1 && Number(minutes) <= 525_600);
  const missing = !mayChange
    ? 'It needs the permission settings.manage'
    : whole
      ? undefined
      : 'Minutes are a whole number up to 525,600';
  return (
    <FormDialog
      title={settings.displayName || settings.source}
      onClose={onClose}
      onSubmit={() => save.mutate()}
      busy={save.isPending}
      missing={missing}
      error={save.error}
      extra={
        mayDelete && (
          <Button variant="quiet" onClick={onDelete}>
            Delete its data
          </Button>
        )
      }
    >
      <TextField
        label="Display name"
        hint={`Shown here beside “${settings.source}”.`}
        maxLength={100}
        value={displayName}
        onChange={(event) => setDisplayName(event.target.value)}
      />
      <TextAreaField
        label="Note"
        hint="Who owns it, and whom to ask when it falls silent."
        maxLength={1000}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <TextField
        label="Sends at least every (minutes)"
        hint="Empty when it has no rhythm. It is kept beside the source."
        inputMode="numeric"
        value={minutes}
        onChange={(event) => setMinutes(event.target.value.trim())}
        {...(!whole && { error: 'Enter a whole number of minutes, at most 525,600.' })}
      />
      <div>
        <Checkbox label="Enabled" checked={enabled} onChange={setEnabled} />
        <p className="text-12 text-n9">
          What a disabled source sends is refused with a reason and counted; nothing of it is stored. What is stored
          already stays.
        </p>
      </div>
      <KeyValueList
        keys="wide"
        items={[
          { key: 'Duplicates', value: settings.duplicate },
          { key: 'Deleted since', value: settings.deleted },
          { key: 'Refused requests', value: settings.refused },
          {
            key: 'Last refused',
            value:
              settings.lastRefusedDateTime === null ? (
                'Never'
              ) : (
                <Time value={settings.lastRefusedDateTime} form="ago" />
              ),
          },
          { key: 'Changed by', value: settings.updatedBy ?? 'Nobody yet' },
        ]}
      />
    </FormDialog>
  );
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { TuningRule } from '@throughline/model';
import { useState } from 'react';
import { Checkbox, FormDialog, TextField, useToast } from '../kit/index.ts';
import { changeTuningRule, releaseAll, tuningKey } from './tuning-api.ts';

/** Asks before all alerts that a rule hides come to the queue, and whether it goes on hiding others. */
export function ReleaseDialog({ rule, hidden, onClose }: { rule: TuningRule; hidden: number; onClose: () => void }) {
  const client = useQueryClient();
  const toast = useToast();
  const [off, setOff] = useState(true);
  const [note, setNote] = useState('');
  const run = useMutation({
    mutationFn: async () => {
      if (off && rule.enabled) await changeTuningRule(rule.id, { enabled: false });
      return releaseAll(rule.id, note.trim());
    },
    onSuccess: (released) => {
      onClose();
      toast({ message: `${released.toLocaleString('en')} ${released === 1 ? 'alert' : 'alerts'} released` });
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: tuningKey }),
        client.invalidateQueries({ queryKey: ['incidents'] }),
      ]),
  });
  return (
    <FormDialog
      title={`Release ${hidden.toLocaleString('en')} ${hidden === 1 ? 'alert' : 'alerts'}?`}
      submit="Release them"
      busy={run.isPending}
      error={run.error}
      onClose={onClose}
      onSubmit={() => run.mutate()}
    >
      <p>Every hidden group becomes an incident in the queue. Nobody is notified of them. Each says who released it.</p>
      {rule.enabled && (
        <Checkbox label="Turn the rule off, so that it hides no others" checked={off} onChange={(on) => setOff(on)} />
      )}
      <TextField
        label="Note"
        hint="It goes into the activity log of each incident."
        maxLength={1000}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
    </FormDialog>
  );
}

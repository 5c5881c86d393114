import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type DetectionDetail, usualWindowMinutes } from '@throughline/model';
import { useState } from 'react';
import { FormDialog, TextAreaField, TextField, useToast } from '../kit/index.ts';
import { changeDetection, detectionsKey } from './detections-api.ts';

interface ChangeDialogProps {
  rule: DetectionDetail;
  /** Turn it on or off, or say for how long its repeats fold. */
  about: 'enabled' | 'window';
  onClose: () => void;
}

/** Asks why before a rule is changed; others will ask too. */
export function ChangeDialog({ rule, about, onClose }: ChangeDialogProps) {
  const client = useQueryClient();
  const toast = useToast();
  const [reason, setReason] = useState('');
  const [minutes, setMinutes] = useState(String(rule.windowMinutes ?? ''));
  const count = minutes.trim() === '' ? null : Number(minutes);
  const wrong = count !== null && !(Number.isInteger(count) && count >= 1 && count <= 10_080);
  const run = useMutation({
    mutationFn: () =>
      changeDetection(rule.id, {
        ...(about === 'enabled' ? { enabled: !rule.enabled } : { windowMinutes: count }),
        reason: reason.trim(),
      }),
    onSuccess: ({ enabled }) => {
      onClose();
      toast({
        message: about === 'window' ? 'The window is changed' : enabled ? 'The rule is on' : 'The rule is off',
      });
    },
    onSettled: () => client.invalidateQueries({ queryKey: detectionsKey }),
  });
  const title = about === 'window' ? 'How long repeats fold' : rule.enabled ? 'Turn the rule off' : 'Turn the rule on';
  return (
    <FormDialog
      title={title}
      submit={about === 'window' ? 'Save' : rule.enabled ? 'Turn it off' : 'Turn it on'}
      missing={
        wrong ? 'A window is 1 to 10,080 minutes' : reason.trim() === '' ? 'Say why: others will ask' : undefined
      }
      busy={run.isPending}
      error={run.error}
      onClose={onClose}
      onSubmit={() => run.mutate()}
    >
      {about === 'window' ? (
        <TextField
          label="Minutes"
          inputMode="numeric"
          hint={`Repeats on one asset within this time are one alert. Empty: ${usualWindowMinutes} minutes, as usual.`}
          value={minutes}
          onChange={(event) => setMinutes(event.target.value)}
        />
      ) : (
        <p className="text-n10">
          {rule.enabled
            ? 'Events from now on are not judged by it. Alerts it raised stay.'
            : 'Events are judged by it from now on, not those that came before.'}
        </p>
      )}
      <TextAreaField
        label="Reason"
        hint="Shown on the rule’s page."
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </FormDialog>
  );
}

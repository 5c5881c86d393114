import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { FormDialog, TextAreaField, TextField, useToast } from '../kit/index.ts';
import { deleteIncident, deletionsQuery } from './settings-api.ts';

/** Deletes one incident for good: its number twice, and why. */
export function DeleteIncidentDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const toast = useToast();
  const [number, setNumber] = useState('');
  const [confirm, setConfirm] = useState('');
  const [reason, setReason] = useState('');
  const start = useMutation({
    mutationFn: () => deleteIncident({ incidentId: Number(number), confirm, reason: reason.trim() }),
    onSuccess: () => {
      onClose();
      toast({ message: `Incident ${number} is being deleted` });
    },
    onSettled: () => client.invalidateQueries({ queryKey: deletionsQuery.queryKey }),
  });
  const missing = !/^[1-9]\d{0,8}$/.test(number)
    ? 'Enter the number of the incident'
    : confirm !== number
      ? 'Enter the same number twice'
      : reason.trim() === ''
        ? 'Say why'
        : undefined;
  return (
    <FormDialog
      title="Delete an incident for good"
      onClose={onClose}
      onSubmit={() => start.mutate()}
      submit="Delete for good"
      danger
      busy={start.isPending}
      error={start.error}
      missing={missing}
    >
      <TextField
        label="Number of the incident"
        inputMode="numeric"
        value={number}
        onChange={(event) => setNumber(event.target.value.trim())}
      />
      <TextField
        label="The number again"
        hint="Its alerts, comments and log go with it. There is no way back."
        inputMode="numeric"
        value={confirm}
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

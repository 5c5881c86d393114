import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useConfirmed } from '../account/confirm-dialog.tsx';
import { setPassword, useMe } from '../api/session.ts';
import { Button, Dialog, TextField, useToast } from '../kit/index.ts';

const leastLength = 12;

/** Sets the first password, or changes it. */
export function PasswordDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return open ? <Form onClose={onClose} /> : null;
}

function Form({ onClose }: { onClose: () => void }) {
  const me = useMe();
  const client = useQueryClient();
  const toast = useToast();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [tried, setTried] = useState(false);
  const had = me?.hasPassword ?? false;
  const { run, dialog } = useConfirmed();
  const save = useMutation({
    mutationFn: () => run(() => setPassword(next, had ? current : undefined)),
    onSuccess: async () => {
      toast({ message: 'Password saved' });
      onClose();
      await Promise.all([
        client.invalidateQueries({ queryKey: ['me'] }),
        client.invalidateQueries({ queryKey: ['first-run'] }),
      ]);
    },
  });
  const short = next.length < leastLength;
  const differs = next !== again;
  if (dialog) return dialog;
  return (
    <Dialog
      open
      onClose={onClose}
      title={had ? 'Change the password' : 'Set a password'}
      onSubmit={() => {
        setTried(true);
        if (!short && !differs) save.mutate();
      }}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" busy={save.isPending}>
            Save password
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <input type="text" autoComplete="username" value={me?.userName ?? ''} readOnly hidden />
        {had && (
          <TextField
            label="Current password"
            type="password"
            autoComplete="current-password"
            value={current}
            onChange={(event) => setCurrent(event.target.value)}
            error={save.error?.message}
          />
        )}
        <TextField
          label="New password"
          type="password"
          autoComplete="new-password"
          hint={`At least ${leastLength} characters; a sentence is good.`}
          value={next}
          onChange={(event) => setNext(event.target.value)}
          error={
            tried && short ? `Only ${next.length} of ${leastLength} characters` : had ? undefined : save.error?.message
          }
        />
        <TextField
          label="New password again"
          type="password"
          autoComplete="new-password"
          value={again}
          onChange={(event) => setAgain(event.target.value)}
          error={tried && differs ? 'The two are not the same' : undefined}
        />
      </div>
    </Dialog>
  );
}

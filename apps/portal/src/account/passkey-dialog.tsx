import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Banner, Button, Dialog, TextField } from '../kit/index.ts';
import { addPasskey } from './account-api.ts';

export interface PasskeyDialogProps {
  run: <T>(change: () => Promise<T>) => Promise<T>;
  suggested: string;
  onDone: () => void;
  onClose: () => void;
}

/** Asks for a name, then lets the browser make the passkey. */
export function PasskeyDialog({ run, suggested, onDone, onClose }: PasskeyDialogProps) {
  const [name, setName] = useState(suggested);
  const add = useMutation({ mutationFn: () => run(() => addPasskey(name.trim())), onSuccess: onDone });
  return (
    <Dialog
      open
      onClose={onClose}
      title="Add a passkey"
      onSubmit={() => name.trim() !== '' && add.mutate()}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button
            variant="primary"
            type="submit"
            busy={add.isPending}
            disabledReason={name.trim() === '' ? 'Give it a name first' : undefined}
          >
            Continue
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {add.isError && <Banner tone="failed">{add.error.message}</Banner>}
        <TextField
          label="Name"
          maxLength={100}
          hint="What you will know it by, such as “laptop” or “blue key”."
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </div>
    </Dialog>
  );
}

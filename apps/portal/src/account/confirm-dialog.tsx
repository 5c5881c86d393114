import { useMutation, useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { ApiError } from '../api/error.ts';
import { useMe } from '../api/session.ts';
import { Banner, Button, Dialog, TextField } from '../kit/index.ts';
import { confirmPerson, confirmQuestion, secondFactorsQuery } from './account-api.ts';
import { showPasskey } from './passkey.ts';

type Waiting = { again: () => void; giveUp: (reason: Error) => void };

/**
 * Runs sensitive changes: where the server asks to confirm who it is, the dialog does, and the change is tried again.
 * Put `dialog` somewhere on the page.
 */
export function useConfirmed() {
  const [waiting, setWaiting] = useState<Waiting>();
  const run = useCallback(async <T,>(change: () => Promise<T>): Promise<T> => {
    try {
      return await change();
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'confirmationRequired') throw error;
      await new Promise<void>((again, giveUp) => setWaiting({ again, giveUp }));
      return change();
    }
  }, []);
  const dialog = waiting && (
    <ConfirmDialog
      onConfirmed={() => {
        setWaiting(undefined);
        waiting.again();
      }}
      onClose={() => {
        setWaiting(undefined);
        waiting.giveUp(new Error('nothing was changed, since it was not confirmed.'));
      }}
    />
  );
  return { run, dialog };
}

function ConfirmDialog({ onConfirmed, onClose }: { onConfirmed: () => void; onClose: () => void }) {
  const me = useMe();
  const ways = useQuery(secondFactorsQuery).data?.confirmWith;
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const byText = useMutation({
    mutationFn: () => confirmPerson(password !== '' ? { password } : { code }),
    onSuccess: onConfirmed,
  });
  const byPasskey = useMutation({
    mutationFn: async () => confirmPerson({ passkey: await showPasskey(await confirmQuestion()) }),
    onSuccess: onConfirmed,
  });
  const error = byText.error ?? byPasskey.error;
  const typed = ways?.includes('password') || ways?.includes('totp');
  return (
    <Dialog
      open
      onClose={onClose}
      title="Confirm it is you"
      onSubmit={() => (password !== '' || code !== '') && byText.mutate()}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          {ways?.includes('passkey') && (
            <Button busy={byPasskey.isPending} onClick={() => byPasskey.mutate()}>
              Use a passkey
            </Button>
          )}
          {typed && (
            <Button variant="primary" type="submit" busy={byText.isPending}>
              Confirm
            </Button>
          )}
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <p className="text-n10">This changes how your account is protected, and you signed in a while ago.</p>
        {error && <Banner tone="failed">{error.message}</Banner>}
        {ways?.length === 0 && (
          <Banner tone="warning">Sign out and in again: that confirms it, and there is no other way yet.</Banner>
        )}
        <input type="text" autoComplete="username" value={me?.userName ?? ''} readOnly hidden />
        {ways?.includes('password') && (
          <TextField
            label="Password"
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
        {ways?.includes('totp') && (
          <TextField
            label={ways.includes('password') ? 'Or a code of your authenticator app' : 'Code of your authenticator app'}
            inputMode="numeric"
            autoComplete="one-time-code"
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        )}
      </div>
    </Dialog>
  );
}

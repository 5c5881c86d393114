import { useMutation } from '@tanstack/react-query';
import type { AuthenticatorKey } from '@throughline/model';
import { useState } from 'react';
import { Banner, Button, CodeBlock, Dialog, TextField } from '../kit/index.ts';
import { confirmAuthenticator } from './account-api.ts';
import { QrCode } from './qr-code.tsx';

export interface AuthenticatorDialogProps {
  authenticator: AuthenticatorKey;
  run: <T>(change: () => Promise<T>) => Promise<T>;
  onDone: () => void;
  onClose: () => void;
}

/** Shows the key of a new authenticator as QR code and as text, and asks for the first code. */
export function AuthenticatorDialog({ authenticator, run, onDone, onClose }: AuthenticatorDialogProps) {
  const [code, setCode] = useState('');
  const confirm = useMutation({ mutationFn: () => run(() => confirmAuthenticator(code)), onSuccess: onDone });
  return (
    <Dialog
      open
      onClose={onClose}
      title="Set up an authenticator app"
      width="wide"
      onSubmit={() => code.trim() !== '' && confirm.mutate()}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" busy={confirm.isPending}>
            Turn it on
          </Button>
        </>
      }
    >
      <div className="flex flex-wrap gap-4">
        <QrCode text={authenticator.uri} label="QR code with the key for your authenticator app" />
        <div className="flex min-w-0 flex-1 basis-60 flex-col gap-3">
          <p className="text-n10">
            Scan this with your authenticator app, or type the key there. Then enter the code it shows.
          </p>
          <CodeBlock label="Key" code={authenticator.secret} wrap />
          <TextField
            label="Code"
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={20}
            value={code}
            onChange={(event) => setCode(event.target.value)}
            error={confirm.error?.message}
          />
          {confirm.isError && <Banner tone="info">Is the clock of your telephone right? Codes depend on it.</Banner>}
        </div>
      </div>
    </Dialog>
  );
}

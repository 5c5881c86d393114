import { useMutation } from '@tanstack/react-query';
import type { SecondFactor } from '@throughline/model';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { showPasskey } from '../account/passkey.ts';
import { secondFactorQuestion, showSecondFactor } from '../api/session.ts';
import { Banner, Button, TextField } from '../kit/index.ts';

export interface SecondStepProps {
  /** What the account has. */
  factors: readonly SecondFactor[];
  onDone: () => void;
  /** Back to the name and password. */
  onBack: () => void;
}

/** Asks for the second factor of a sign-in. */
export function SecondStep({ factors, onDone, onBack }: SecondStepProps) {
  const [code, setCode] = useState('');
  const [recovering, setRecovering] = useState(false);
  const byCode = useMutation({
    mutationFn: () => showSecondFactor(recovering ? { recoveryCode: code } : { code }),
    onSuccess: onDone,
  });
  const byPasskey = useMutation({
    mutationFn: async () => showSecondFactor({ passkey: await showPasskey(await secondFactorQuestion()) }),
    onSuccess: onDone,
  });
  const error = byCode.error ?? byPasskey.error;
  const asksCode = recovering || factors.includes('totp');
  const turn = (to: boolean) => {
    setRecovering(to);
    setCode('');
    byCode.reset();
    byPasskey.reset();
  };
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        byPasskey.reset();
        if (asksCode && code.trim() !== '') byCode.mutate();
      }}
    >
      <p className="text-n10">
        {recovering ? 'Enter one of your recovery codes. It works once.' : 'One more thing: show your second factor.'}
      </p>
      {error && <Banner tone="failed">{error.message}</Banner>}
      {factors.includes('passkey') && !recovering && (
        <Button
          variant={factors.includes('totp') ? 'secondary' : 'primary'}
          icon={KeyRound}
          busy={byPasskey.isPending}
          onClick={() => byPasskey.mutate()}
        >
          Use a passkey
        </Button>
      )}
      {asksCode && (
        <>
          <TextField
            key={recovering ? 'recovery' : 'code'}
            label={recovering ? 'Recovery code' : 'Code of your authenticator app'}
            inputMode={recovering ? 'text' : 'numeric'}
            autoComplete={recovering ? 'off' : 'one-time-code'}
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            required
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
          <Button variant="primary" type="submit" busy={byCode.isPending}>
            Continue
          </Button>
        </>
      )}
      <div className="flex flex-wrap justify-between gap-2">
        <Button variant="quiet" size="small" onClick={recovering ? () => turn(false) : onBack}>
          Back
        </Button>
        {factors.includes('recovery') && !recovering && (
          <Button variant="quiet" size="small" onClick={() => turn(true)}>
            Use a recovery code
          </Button>
        )}
      </div>
    </form>
  );
}

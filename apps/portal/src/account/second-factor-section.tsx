import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { AuthenticatorKey, OwnSecondFactors } from '@throughline/model';
import { useState } from 'react';
import { Button, ErrorState, SkeletonRows, Time, useLate, useToast } from '../kit/index.ts';
import {
  accountKey,
  removeAuthenticator,
  removePasskey,
  renewRecoveryCodes,
  secondFactorsQuery,
  startAuthenticator,
} from './account-api.ts';
import { AskDialog, type Question } from './ask-dialog.tsx';
import { AuthenticatorDialog } from './authenticator-dialog.tsx';
import { useConfirmed } from './confirm-dialog.tsx';
import { PasskeyDialog } from './passkey-dialog.tsx';
import { RecoveryDialog } from './recovery-dialog.tsx';
import { Section } from './section.tsx';

/** Passkeys, the authenticator app and the recovery codes. */
export function SecondFactorSection() {
  const factors = useQuery(secondFactorsQuery);
  const late = useLate(factors.isPending);
  if (factors.isError) {
    return (
      <ErrorState
        title="The second factors could not be loaded"
        error={factors.error}
        onRetry={() => void factors.refetch()}
      />
    );
  }
  if (factors.data === undefined) return late ? <SkeletonRows rows={3} /> : null;
  return <Factors state={factors.data} />;
}

function Factors({ state }: { state: OwnSecondFactors }) {
  const client = useQueryClient();
  const toast = useToast();
  const { run, dialog } = useConfirmed();
  const [adding, setAdding] = useState(false);
  const [authenticator, setAuthenticator] = useState<AuthenticatorKey>();
  const [question, setQuestion] = useState<Question>();
  const [codes, setCodes] = useState<readonly string[]>();
  const refresh = () => client.invalidateQueries({ queryKey: accountKey });
  const failed = (error: Error) => toast({ tone: 'failed', message: `Not done: ${error.message}` });
  const change = useMutation({
    mutationFn: (work: () => Promise<unknown>) => run(work),
    onError: failed,
    onSettled: refresh,
  });
  const renew = () => change.mutate(async () => setCodes((await renewRecoveryCodes()).codes));
  const added = (first: boolean) => {
    setAdding(false);
    setAuthenticator(undefined);
    void refresh();
    if (first) renew();
  };
  const hasOne = state.authenticator !== null || state.passkeys.length > 0;
  return (
    <>
      <Section
        title="Passkeys"
        lead="Sign in with a finger, a face or a security key, with or without your password."
        actions={
          <Button onClick={() => setAdding(true)} disabledReason={state.passkeysRefused ?? undefined}>
            Add a passkey
          </Button>
        }
      >
        {state.passkeysRefused !== null && <p className="text-n10">{state.passkeysRefused}</p>}
        {state.passkeys.length > 0 && (
          <ul className="flex max-w-200 flex-col">
            {state.passkeys.map(({ id, name, host, createdDateTime, lastUsedDateTime }) => (
              <li key={id} className="hairline flex min-h-10 items-center gap-3 border-b py-1">
                <div className="min-w-0 flex-1">
                  <span className="font-medium wrap-anywhere">{name}</span>{' '}
                  <span className="text-12 text-n9">
                    for {host}, made <Time value={createdDateTime} form="ago" />,{' '}
                    {lastUsedDateTime === null ? (
                      'not used yet'
                    ) : (
                      <>
                        used <Time value={lastUsedDateTime} form="ago" />
                      </>
                    )}
                  </span>
                </div>
                <Button
                  size="small"
                  variant="quiet"
                  aria-label={`Remove ${name}`}
                  onClick={() =>
                    setQuestion({
                      title: `Remove ${name}?`,
                      text: 'It no longer signs in here. Delete it in your password manager or on your device too.',
                      action: 'Remove the passkey',
                      run: () => change.mutate(() => removePasskey(id)),
                    })
                  }
                >
                  Remove
                </Button>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section
        title="Authenticator app"
        lead={
          state.authenticator === null
            ? 'An app on your telephone shows a new code every 30 seconds, asked after your password.'
            : 'On. Its code is asked after your password.'
        }
        actions={
          state.authenticator === null ? (
            <Button onClick={() => change.mutate(async () => setAuthenticator(await startAuthenticator()))}>
              Set up an app
            </Button>
          ) : (
            <Button
              onClick={() =>
                setQuestion({
                  title: 'Remove the authenticator app?',
                  text: 'Its codes are no longer asked or accepted. Delete the entry in the app too.',
                  action: 'Remove the app',
                  run: () => change.mutate(removeAuthenticator),
                })
              }
            >
              Remove the app
            </Button>
          )
        }
      />
      <Section
        title="Recovery codes"
        lead={
          hasOne
            ? `${state.recoveryCodesLeft} left. Each signs in once when your passkey or telephone is gone.`
            : 'For when a passkey or telephone is lost. Set one of them up first.'
        }
        actions={
          hasOne && (
            <Button
              onClick={
                state.recoveryCodesLeft === 0
                  ? renew
                  : () =>
                      setQuestion({
                        title: 'Make new recovery codes?',
                        text: 'The ones you have stop working.',
                        action: 'Make new codes',
                        run: renew,
                      })
              }
            >
              Make new codes
            </Button>
          )
        }
      />
      {adding && (
        <PasskeyDialog
          run={run}
          suggested={`Passkey ${state.passkeys.length + 1}`}
          onDone={() => added(!hasOne)}
          onClose={() => setAdding(false)}
        />
      )}
      {authenticator && (
        <AuthenticatorDialog
          authenticator={authenticator}
          run={run}
          onDone={() => added(!hasOne)}
          onClose={() => setAuthenticator(undefined)}
        />
      )}
      {codes && <RecoveryDialog codes={codes} onClose={() => setCodes(undefined)} />}
      {question && <AskDialog question={question} onClose={() => setQuestion(undefined)} />}
      {dialog}
    </>
  );
}

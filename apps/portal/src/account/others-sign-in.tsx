import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SecondFactorState } from '@throughline/model';
import { useState } from 'react';
import { Button, Time, useToast } from '../kit/index.ts';
import {
  endSessionOf,
  endSessionsOf,
  resetSecondFactors,
  secondFactorsOfQuery,
  sessionsOfQuery,
} from './account-api.ts';
import { AskDialog, type Question } from './ask-dialog.tsx';
import { useConfirmed } from './confirm-dialog.tsx';
import { beginningWords } from './session-words.ts';

/** For who manages accounts: the second factors and the sessions of somebody else, to be taken away. */
export function OthersSignIn({ id, name }: { id: number; name: string }) {
  const client = useQueryClient();
  const toast = useToast();
  const { run, dialog } = useConfirmed();
  const [question, setQuestion] = useState<Question>();
  const factors = useQuery(secondFactorsOfQuery(id));
  const sessions = useQuery(sessionsOfQuery(id));
  const change = useMutation({
    mutationFn: (work: () => Promise<unknown>) => run(work),
    onSuccess: () => toast({ message: 'Done' }),
    onError: (error) => toast({ tone: 'failed', message: `Not done: ${error.message}` }),
    onSettled: () => client.invalidateQueries({ queryKey: sessionsOfQuery(id).queryKey.slice(0, 3) }),
  });
  const error = factors.error ?? sessions.error;
  const hasFactor = factors.data && (factors.data.authenticator !== null || factors.data.passkeys.length > 0);
  return (
    <section aria-labelledby="account-sign-in" className="flex flex-col gap-2">
      <h2 id="account-sign-in" className="font-medium">
        Second factors and sessions
      </h2>
      {error && <p className="text-high">{error.message}</p>}
      {factors.data && <p className="text-n10">{factorWords(factors.data)}</p>}
      <ul className="flex flex-col">
        {sessions.data?.map((session) => (
          <li key={session.id} className="hairline flex items-center gap-2 border-t py-2">
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">
                {session.browser} {session.address}
              </span>
              <span className="block text-12 text-n10">
                Signed in {beginningWords(session)}, last seen <Time value={session.lastSeenDateTime} form="ago" />
              </span>
            </span>
            {!session.current && (
              <Button
                size="small"
                variant="quiet"
                aria-label={`Sign out ${session.browser}, ${session.address ?? ''}`}
                onClick={() => change.mutate(() => endSessionOf(id, session.id))}
              >
                Sign out
              </Button>
            )}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        {sessions.data?.some(({ current }) => !current) && (
          <Button onClick={() => change.mutate(() => endSessionsOf(id))}>Sign out everywhere</Button>
        )}
        {hasFactor && (
          <Button
            onClick={() =>
              setQuestion({
                title: `Reset the second factors of ${name}?`,
                text: 'Passkeys, authenticator app and recovery codes are taken away and all sessions end. Be sure who asks.',
                action: 'Reset them',
                run: () => change.mutate(() => resetSecondFactors(id)),
              })
            }
          >
            Reset the second factors
          </Button>
        )}
      </div>
      {question && <AskDialog question={question} onClose={() => setQuestion(undefined)} />}
      {dialog}
    </section>
  );
}

function factorWords({ authenticator, passkeys, recoveryCodesLeft }: SecondFactorState): string {
  const own = [
    ...(passkeys.length === 0 ? [] : [passkeys.length === 1 ? '1 passkey' : `${passkeys.length} passkeys`]),
    ...(authenticator === null ? [] : ['an authenticator app']),
  ];
  return own.length === 0 ? 'No second factor.' : `Has ${own.join(' and ')}; ${recoveryCodesLeft} recovery codes left.`;
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import type { SecondFactor, SignInAnswer } from '@throughline/model';
import { KeyRound } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { canUsePasskeys, showPasskey } from '../account/passkey.ts';
import { ApiError } from '../api/error.ts';
import { meQuery, passkeyQuestion, signIn, signInByLink, signInByPasskey } from '../api/session.ts';
import { safeReturnPath } from '../app/return-path.ts';
import { Banner, Button, TextField } from '../kit/index.ts';
import { SecondStep } from './second-step.tsx';
import { SsoButtons } from './sso-buttons.tsx';

/** Signs in by name and password, or by the one-time link that the server printed (`/sign-in#token=…`). */
export function SignInPage() {
  const search = useSearch({ from: '/sign-in' });
  const router = useRouter();
  const client = useQueryClient();
  const [userName, setUserName] = useState('');
  const [password, setPassword] = useState('');
  const [asked, setAsked] = useState<readonly SecondFactor[]>();
  const enter = async () => {
    client.clear();
    await client.fetchQuery(meQuery);
    router.history.push(safeReturnPath(search.return));
  };
  const take = (answer: SignInAnswer) => {
    if (!('secondFactor' in answer)) return enter();
    setPassword('');
    setAsked(answer.secondFactor);
  };
  const byPassword = useMutation({ mutationFn: () => signIn(userName, password), onSuccess: take });
  const byLink = useMutation({ mutationFn: signInByLink, onSuccess: take });
  const byPasskey = useMutation({
    mutationFn: async () => signInByPasskey(await showPasskey(await passkeyQuestion())),
    onSuccess: enter,
  });
  const used = useRef(false);
  useEffect(() => {
    const token = new URLSearchParams(window.location.hash.slice(1)).get('token');
    if (token === null || used.current) return;
    used.current = true;
    // The token must not stay in the history or in a copied address.
    window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search);
    byLink.mutate(token);
  }, [byLink]);

  const error = byPassword.error ?? byLink.error ?? byPasskey.error;
  return (
    <main className="flex h-full items-start justify-center overflow-auto px-4 pt-[16vh]">
      <div className="w-full max-w-80">
        <div className="flex items-center gap-2.5 pb-6">
          <img src="/mark.svg" alt="" width={28} height={28} />
          <h1 className="text-20 font-semibold">Sign in to Throughline</h1>
        </div>
        {byLink.isPending ? (
          <p role="status" className="text-n10">
            Signing you in by the link…
          </p>
        ) : asked !== undefined ? (
          <SecondStep factors={asked} onDone={() => void enter()} onBack={() => setAsked(undefined)} />
        ) : (
          <SsoButtons returnPath={search.return} failure={search.sso}>
            <form
              className="flex flex-col gap-4"
              onSubmit={(event) => {
                event.preventDefault();
                byLink.reset();
                byPasskey.reset();
                byPassword.mutate();
              }}
            >
              {error && <Banner tone="failed">{explain(error, byLink.isError)}</Banner>}
              <TextField
                label="User name"
                autoComplete="username"
                autoCapitalize="none"
                spellCheck={false}
                required
                value={userName}
                onChange={(event) => setUserName(event.target.value)}
              />
              <TextField
                label="Password"
                type="password"
                autoComplete="current-password"
                required
                value={password}
                onChange={(event) => setPassword(event.target.value)}
              />
              <Button variant="primary" type="submit" busy={byPassword.isPending}>
                Sign in
              </Button>
              {canUsePasskeys() && (
                <Button
                  icon={KeyRound}
                  busy={byPasskey.isPending}
                  onClick={() => {
                    byPassword.reset();
                    byLink.reset();
                    byPasskey.mutate();
                  }}
                >
                  Sign in with a passkey
                </Button>
              )}
              <p className="text-12 text-n9">
                First time, or password lost? The server prints a one-time link when it starts;{' '}
                <code>throughline user link</code> makes another.
              </p>
            </form>
          </SsoButtons>
        )}
      </div>
    </main>
  );
}

function explain(error: Error, byLink: boolean): string {
  if (!(error instanceof ApiError)) return error.message;
  if (byLink && (error.status === 401 || error.status === 410 || error.status === 404)) {
    return 'This link has been used or has expired. Make another, or sign in with a password.';
  }
  if (error.code === 'wrongCredentials') return 'User name or password is wrong.';
  return error.message;
}

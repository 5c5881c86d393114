import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import type { InvitationOpened } from '@throughline/model';
import { useEffect, useRef, useState } from 'react';
import { api } from '../api/client.ts';
import { meQuery } from '../api/session.ts';
import { Banner, Button, LinkButton, TextField, Time } from '../kit/index.ts';

const leastLength = 12;

/** Accepts an invitation by its link (`/invitation#token=…`): display name, password, and in. */
export function InvitationPage() {
  const token = useRef<string | null>(null);
  const [missing, setMissing] = useState(false);
  const open = useMutation({
    mutationFn: (secret: string) =>
      api<InvitationOpened>('/invitations/open', { method: 'POST', body: { token: secret } }),
  });
  useEffect(() => {
    if (token.current !== null) return;
    token.current = new URLSearchParams(window.location.hash.slice(1)).get('token');
    // The token must not stay in the history or in a copied address.
    window.history.replaceState(window.history.state, '', window.location.pathname);
    if (token.current === null) setMissing(true);
    else open.mutate(token.current);
  }, [open]);
  return (
    <main className="flex h-full items-start justify-center overflow-auto px-4 pt-[12vh] pb-8">
      <div className="w-full max-w-88">
        <div className="flex items-center gap-2.5 pb-6">
          <img src="/mark.svg" alt="" width={28} height={28} />
          <h1 className="text-20 font-semibold">Welcome to Throughline</h1>
        </div>
        {missing || open.isError ? (
          <div className="flex flex-col gap-4">
            <Banner tone="failed" title="This invitation cannot be accepted">
              {open.error?.message ?? 'Its link is not whole any more: open it again from where you got it.'}
            </Banner>
            <LinkButton to="/sign-in">Sign in</LinkButton>
          </div>
        ) : open.data ? (
          <AcceptForm invitation={open.data} token={token.current ?? ''} />
        ) : (
          <p role="status" className="text-n10">
            Opening the invitation…
          </p>
        )}
      </div>
    </main>
  );
}

function AcceptForm({ invitation, token }: { invitation: InvitationOpened; token: string }) {
  const router = useRouter();
  const client = useQueryClient();
  const [displayName, setDisplayName] = useState(invitation.displayName);
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [tried, setTried] = useState(false);
  const accept = useMutation({
    mutationFn: () =>
      api('/invitations/accept', { method: 'POST', body: { token, displayName: displayName.trim(), password } }),
    onSuccess: async () => {
      client.clear();
      await client.fetchQuery(meQuery);
      router.history.push('/incidents');
    },
  });
  const short = password.length < leastLength;
  const differs = password !== again;
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!short && !differs && displayName.trim() !== '') accept.mutate();
      }}
    >
      <p>
        {invitation.invitedBy} invites you. The invitation is good until{' '}
        <Time value={invitation.expiresDateTime} form="exact" />.
      </p>
      {accept.isError && <Banner tone="failed">{accept.error.message}</Banner>}
      <TextField
        label="User name"
        hint="You sign in with it; it cannot be changed."
        autoComplete="username"
        readOnly
        value={invitation.userName}
      />
      <TextField
        label="Display name"
        autoComplete="name"
        required
        maxLength={200}
        value={displayName}
        onChange={(event) => setDisplayName(event.target.value)}
        error={tried && displayName.trim() === '' ? 'Give a name that others see' : undefined}
      />
      <TextField
        label="Password"
        type="password"
        autoComplete="new-password"
        required
        hint={`At least ${leastLength} characters; a sentence is good.`}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        error={tried && short ? `Only ${password.length} of ${leastLength} characters` : undefined}
      />
      <TextField
        label="Password again"
        type="password"
        autoComplete="new-password"
        required
        value={again}
        onChange={(event) => setAgain(event.target.value)}
        error={tried && differs ? 'The two are not the same' : undefined}
      />
      <Button variant="primary" type="submit" busy={accept.isPending}>
        Accept and sign in
      </Button>
    </form>
  );
}

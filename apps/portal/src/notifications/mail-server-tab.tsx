import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { MailServer, OauthGrant } from '@throughline/model';
import { useState } from 'react';
import { useMe } from '../api/session.ts';
import {
  Banner,
  Button,
  ErrorState,
  SelectField,
  SkeletonRows,
  TextField,
  Time,
  useLate,
  useToast,
} from '../kit/index.ts';
import {
  type MailServerInput,
  mailServerQuery,
  notificationsKey,
  saveMailServer,
  sendTestMail,
} from './notifications-api.ts';
import { isMailAddress } from './rule-draft.ts';
import { TestResults } from './test-results.tsx';

/** Where mails are handed in. */
export function MailServerTab() {
  const server = useQuery(mailServerQuery);
  const late = useLate(server.isPending);
  if (server.isError) {
    return (
      <ErrorState
        title="The mail server’s settings could not be loaded"
        error={server.error}
        onRetry={() => void server.refetch()}
      />
    );
  }
  if (server.isPending) return late && <SkeletonRows rows={6} />;
  return <MailServerForm key={server.data?.lastUpdateDateTime ?? 'new'} server={server.data} />;
}

const securities = [
  { value: 'starttls', label: 'STARTTLS (usually port 587)' },
  { value: 'tls', label: 'TLS from the start (usually port 465)' },
  { value: 'none', label: 'None (only a server on this machine)' },
] as const;
const signIns = [
  { value: 'none', label: 'None' },
  { value: 'password', label: 'User name and password' },
  { value: 'oauth2', label: 'OAuth 2.0 (XOAUTH2)' },
] as const;
const usualPorts = { starttls: '587', tls: '465', none: '25' };

function MailServerForm({ server }: { server: MailServer | null }) {
  const client = useQueryClient();
  const toast = useToast();
  const [form, setForm] = useState({
    host: server?.host ?? '',
    port: String(server?.port ?? 587),
    security: server?.security ?? 'starttls',
    signIn: server?.signIn ?? 'password',
    userName: server?.userName ?? '',
    secret: '',
    tokenUrl: server?.oauth?.tokenUrl ?? '',
    clientId: server?.oauth?.clientId ?? '',
    grant: server?.oauth?.grant ?? ('refreshToken' as const),
    scope: server?.oauth?.scope ?? '',
    refreshToken: '',
    fromAddress: server?.fromAddress ?? '',
    fromName: server?.fromName ?? 'Throughline',
  });
  const put = (part: Partial<typeof form>) => setForm((now) => ({ ...now, ...part }));
  const save = useMutation({
    mutationFn: () => {
      const { secret, userName, port, tokenUrl, clientId, grant, scope, refreshToken, ...rest } = form;
      const oauth =
        form.signIn === 'oauth2' ? { tokenUrl: tokenUrl.trim(), clientId: clientId.trim(), grant, scope } : null;
      const body: MailServerInput = {
        ...rest,
        port: Number(port),
        userName: form.signIn === 'none' ? null : userName,
        oauth,
        ...(secret !== '' && form.signIn !== 'none' && { secret }),
        ...(refreshToken !== '' && oauth?.grant === 'refreshToken' && { refreshToken }),
      };
      return saveMailServer(body);
    },
    onSuccess: async () => {
      toast({ message: 'Mail server saved' });
      await client.invalidateQueries({ queryKey: notificationsKey });
    },
  });
  const sameTarget = server !== null && server.host === form.host.trim() && String(server.port) === form.port;
  const sameEndpoint = server?.oauth?.tokenUrl === form.tokenUrl.trim();
  const keeps = server?.hasSecret === true && (form.signIn === 'oauth2' ? sameEndpoint : sameTarget && !server.oauth);
  const missing = missingIn(form, keeps);
  return (
    <form
      className="flex max-w-140 flex-col gap-4 px-4 py-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (missing === undefined) save.mutate();
      }}
    >
      {save.isError && <Banner tone="failed">{save.error.message}</Banner>}
      <div className="grid gap-4 sm:grid-cols-[1fr_96px]">
        <TextField
          label="Host"
          required
          placeholder="smtp.example.com"
          value={form.host}
          onChange={(event) => put({ host: event.target.value })}
        />
        <TextField
          label="Port"
          required
          inputMode="numeric"
          value={form.port}
          onChange={(event) => put({ port: event.target.value })}
        />
      </div>
      <SelectField
        label="Protection"
        options={securities}
        value={form.security}
        onChange={(security) =>
          put({ security, ...(form.port === usualPorts[form.security] && { port: usualPorts[security] }) })
        }
      />
      <SelectField label="Sign-in" options={signIns} value={form.signIn} onChange={(signIn) => put({ signIn })} />
      {form.signIn !== 'none' && (
        <>
          <TextField
            label="User name"
            required
            autoComplete="off"
            value={form.userName}
            onChange={(event) => put({ userName: event.target.value })}
          />
          <TextField
            label={form.signIn === 'oauth2' ? 'Client secret' : 'Password'}
            type="password"
            autoComplete="new-password"
            required={!keeps}
            hint={
              keeps
                ? 'One is set and never shown. Leave this empty to keep it.'
                : server?.hasSecret
                  ? 'Its destination changed: the one that is set stays behind, enter it again.'
                  : 'Stored sealed, and never shown again.'
            }
            value={form.secret}
            onChange={(event) => put({ secret: event.target.value })}
          />
          {form.signIn === 'oauth2' && (
            <OauthFields form={form} put={put} keeps={sameEndpoint && server?.hasRefreshToken === true} />
          )}
        </>
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label="From address"
          required
          inputMode="email"
          placeholder="throughline@example.com"
          value={form.fromAddress}
          onChange={(event) => put({ fromAddress: event.target.value })}
        />
        <TextField
          label="From name"
          maxLength={100}
          value={form.fromName}
          onChange={(event) => put({ fromName: event.target.value })}
        />
      </div>
      <div className="flex items-center gap-3">
        <Button variant="primary" type="submit" busy={save.isPending} disabledReason={missing}>
          Save
        </Button>
        {server && (
          <span className="text-12 text-n9">
            Saved <Time value={server.lastUpdateDateTime} form="ago" /> by {server.lastModifiedBy}
          </span>
        )}
      </div>
      {server && <TestMail />}
    </form>
  );
}

type OauthForm = { tokenUrl: string; clientId: string; grant: OauthGrant; scope: string; refreshToken: string };

const grants = [
  { value: 'refreshToken', label: 'Refresh token of the mailbox' },
  { value: 'clientCredentials', label: 'Client credentials' },
] as const;

function OauthFields({
  form,
  put,
  keeps,
}: {
  form: OauthForm;
  put: (part: Partial<OauthForm>) => void;
  keeps: boolean;
}) {
  return (
    <>
      <TextField
        label="Token endpoint"
        required
        inputMode="url"
        placeholder="https://login.example.com/oauth2/token"
        value={form.tokenUrl}
        onChange={(event) => put({ tokenUrl: event.target.value })}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label="Client id"
          required
          value={form.clientId}
          onChange={(event) => put({ clientId: event.target.value })}
        />
        <TextField
          label="Scope"
          hint="As the provider wants it; may be empty."
          value={form.scope}
          onChange={(event) => put({ scope: event.target.value })}
        />
      </div>
      <SelectField label="Grant" options={grants} value={form.grant} onChange={(grant) => put({ grant })} />
      {form.grant === 'refreshToken' && (
        <TextField
          label="Refresh token"
          type="password"
          autoComplete="off"
          required={!keeps}
          hint={
            keeps ? 'One is set and never shown. Leave this empty to keep it.' : 'Stored sealed, and never shown again.'
          }
          value={form.refreshToken}
          onChange={(event) => put({ refreshToken: event.target.value })}
        />
      )}
    </>
  );
}

function missingIn(form: { [name: string]: string }, keepsSecret: boolean): string | undefined {
  const { host = '', port = '', signIn, userName = '', secret = '', fromAddress = '' } = form;
  if (host.trim() === '') return 'Enter the host first';
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) return 'The port is a number up to 65535';
  if (signIn !== 'none' && userName.trim() === '') return 'Enter the user name first';
  if (signIn !== 'none' && secret === '' && !keepsSecret) return 'Enter the password or client secret first';
  if (signIn === 'oauth2' && !/^https?:\/\/./.test(form.tokenUrl ?? '')) return 'Enter the token endpoint first';
  if (signIn === 'oauth2' && (form.clientId ?? '').trim() === '') return 'Enter the client id first';
  return isMailAddress(fromAddress.trim()) ? undefined : 'Enter the address that mails come from';
}

function TestMail() {
  const me = useMe();
  const [to, setTo] = useState(me && isMailAddress(me.userName) ? me.userName : '');
  const test = useMutation({ mutationFn: () => sendTestMail([to.trim()]) });
  return (
    <section aria-labelledby="test-mail" className="hairline flex flex-col gap-2 border-t pt-4">
      <h2 id="test-mail" className="font-semibold">
        Test
      </h2>
      <div className="flex items-end gap-2">
        <TextField
          label="Send a test mail to"
          inputMode="email"
          value={to}
          onChange={(event) => setTo(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            if (isMailAddress(to.trim())) test.mutate();
          }}
          className="flex-1"
        />
        <Button
          busy={test.isPending}
          disabledReason={isMailAddress(to.trim()) ? undefined : 'Enter an address first'}
          onClick={() => test.mutate()}
        >
          Send test mail
        </Button>
      </div>
      <p className="text-12 text-n9">It uses the settings as they are saved.</p>
      {test.isError && <Banner tone="failed">{test.error.message}</Banner>}
      {test.data && <TestResults answer={test.data} />}
    </section>
  );
}

import { readAllowList } from '../outbound/allow-list.ts';
import { type Answer, type Browser, browserOf, startTestServer, type TestServer } from '../testing/test-server.ts';
import { type ProviderProcess, startProvider } from './provider-process.fixture.ts';

/** A server and a provider that know each other. */
export type SsoBench = {
  server: TestServer;
  provider: ProviderProcess;
  admin: Browser;
  providerId: number;
  /** Starts a sign-in; returns the provider's address and the cookie of the flow. */
  begin(path?: string): Promise<{ address: string; cookie: string }>;
  /** Ends it with the address the provider sent the person back to. */
  end(back: string, cookie: string): Promise<Answer>;
  /** The whole way, as the person with this subject. */
  signIn(login: string): Promise<Answer>;
  /** Where a sign-in led, without the host. */
  enter(login: string): Promise<Browser>;
  map(...items: { value: string; gives: unknown }[]): Promise<Answer>;
  set(change: Record<string, unknown>): Promise<Answer>;
  stop(): Promise<void>;
};

/** Starts both; `admin` is an administrator with a local session. */
export async function startSsoBench(clock: () => Date = () => new Date()): Promise<SsoBench> {
  const [provider, server] = await Promise.all([
    startProvider(),
    startTestServer({ outbound: readAllowList('127.0.0.0/8').allow }, clock),
  ]);
  await provider.tell({ redirectUris: [`${server.url}/api/sign-in/sso/callback`] });
  const admin = await server.signedIn('administrator', 'root');
  const made = await admin.call('/api/sign-in/providers', {
    method: 'POST',
    body: { name: 'Acme', issuer: provider.issuer, clientId: 'throughline', clientSecret: provider.clientSecret },
  });
  if (made.status !== 201) throw new Error(made.text);
  const providerId: number = made.json.id;
  const change = (path: string, method: string) => (body: unknown) =>
    bench.admin.call(`/api/sign-in/providers/${providerId}${path}`, { method, body });
  const begin: SsoBench['begin'] = async (path = `/api/sign-in/sso/${providerId}`) => {
    const answer = await server.call(path);
    const address = answer.headers.get('location') ?? '';
    return { address, cookie: answer.headers.getSetCookie()[0]?.split(';')[0] ?? '' };
  };
  const end: SsoBench['end'] = (back, cookie) => {
    const { pathname, search } = new URL(back);
    return server.call(pathname + search, { headers: { cookie } });
  };
  const signIn: SsoBench['signIn'] = async (login) => {
    const { address, cookie } = await begin();
    return end(await provider.walk(address, login), cookie);
  };
  const bench: SsoBench = {
    server,
    provider,
    admin,
    providerId,
    begin,
    end,
    signIn,
    enter: async (login) => sessionOf(server, await signIn(login)),
    map: (...items) => change('/mappings', 'POST')({ items }),
    set: change('', 'PATCH'),
    stop: async () => {
      provider.stop();
      await server.stop();
    },
  };
  return bench;
}

/** The browser that came back signed in. */
export async function sessionOf(server: TestServer, answer: Answer): Promise<Browser> {
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0] ?? '')
    .find((text) => /^throughline=./.test(text));
  if (cookie === undefined) throw new Error(`not signed in: ${answer.status} ${answer.headers.get('location')}`);
  const me = await server.call('/api/me', { headers: { cookie } });
  const headers = new Headers({ 'set-cookie': cookie });
  return browserOf(server.url, { ...me, headers });
}

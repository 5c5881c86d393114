import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Me, Role, TokenScope } from '@throughline/model';
import { createAccount, createApiToken, createOneTimeLink, type Db, keysInFile, migrate } from '@throughline/store';
import { freshDatabase } from '@throughline/store/testing';
import { pino } from 'pino';
import type { StopHook } from '../launch/shutdown.ts';
import { type Service, startService } from '../service.ts';
import { readSettings, type Settings } from '../settings.ts';

/** A real server on a port and a database of its own, for one test file. */
export type TestServer = Service & {
  /** Everything the server logged, as text. */
  logged(): string;
  /** Makes an account of that role and signs it in. */
  signedIn(role: Role, name?: string): Promise<Browser>;
  /** Makes a token with those scopes for an account of that role. */
  token(role: Role, scopes: TokenScope[]): Promise<string>;
  /** Requests `path`; `body` goes as JSON. */
  call(path: string, init?: CallInit): Promise<Answer>;
  stop(): Promise<void>;
};

export type CallInit = { method?: string; body?: unknown; token?: string; headers?: Record<string, string> };

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
export type Answer = { status: number; headers: Headers; text: string; json: any };

/** A person in a browser: cookie and CSRF token go with each request. */
export type Browser = { me: Me; cookie: string; call(path: string, init?: CallInit): Promise<Answer> };

/** Starts a server with `changes` over the default settings. `clock` is the time of sessions, tokens and throttles. */
export async function startTestServer(
  changes: Partial<Settings> = {},
  clock: () => Date = () => new Date(),
): Promise<TestServer> {
  const [database, folder] = await Promise.all([freshDatabase(), mkdtemp(join(tmpdir(), 'throughline-server-'))]);
  await migrate(database.databaseUrl);
  const lines: string[] = [];
  const hooks: StopHook[] = [];
  const service = await startService({
    engines: {
      databaseUrl: database.databaseUrl,
      clickhouse: database.clickhouse,
      health: () => ({ postgres: { kind: 'external' }, clickhouse: { kind: 'external' } }),
    },
    settings: { ...readSettings({ THROUGHLINE_PORT: '0' }), ...changes },
    version: '0.0.0-test',
    log: pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) }),
    clock,
    keys: keysInFile(join(folder, 'secrets.key')),
    mappings: join(folder, 'mappings'),
    rules: [join(folder, 'rules')],
    portal: join(folder, 'portal'),
    onStop: (hook) => void hooks.push(hook),
  });
  const { url, db } = service;
  const call = (path: string, init: CallInit = {}) => request(url + path, init);
  return {
    ...service,
    logged: () => lines.join(''),
    call,
    async signedIn(role, name = uniqueName(role)) {
      const accountId = await accountOf(db, role, name);
      const { secret } = await createOneTimeLink(db, 'default', accountId, clock());
      return browserOf(url, await call('/api/session/link', { method: 'POST', body: { token: secret } }));
    },
    async token(role, scopes) {
      const accountId = await accountOf(db, role, uniqueName(role));
      return (await createApiToken(db, accountId, { name: 'test', scopes, expiresInDays: 1 }, clock())).token;
    },
    async stop() {
      for (const hook of hooks.reverse()) await hook.stop();
      await Promise.all([database.drop(), rm(folder, { recursive: true, force: true })]);
    },
  };
}

/** The browser that a sign-in's answer makes. */
export function browserOf(url: string, answer: Answer): Browser {
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
  if (answer.status !== 200 || cookie === undefined) throw new Error(`not signed in: ${answer.text}`);
  const me = answer.json as Me;
  return {
    me,
    cookie,
    call: (path, { headers, ...init } = {}) =>
      request(url + path, { ...init, headers: { cookie, 'x-csrf-token': me.csrfToken, ...headers } }),
  };
}

let accounts = 0;
function uniqueName(role: Role): string {
  accounts += 1;
  return `${role}-${accounts}`;
}

async function accountOf(db: Db, role: Role, userName: string): Promise<number> {
  return (await createAccount(db, 'default', { userName, displayName: userName, role })).id;
}

async function request(url: string, { method = 'GET', body, token, headers = {} }: CallInit): Promise<Answer> {
  const isBytes = typeof body === 'string' || body instanceof Uint8Array || body instanceof ReadableStream;
  const response = await fetch(url, {
    method,
    headers: {
      ...(body === undefined || isBytes ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isBytes ? body : JSON.stringify(body), duplex: 'half' }),
    redirect: 'manual',
  } as RequestInit);
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('application/json') ?? false;
  return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : undefined };
}

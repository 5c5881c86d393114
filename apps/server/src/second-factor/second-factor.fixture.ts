import { Secret, TOTP } from 'otpauth';
import { type Answer, type Browser, browserOf, type TestServer } from '../testing/test-server.ts';

export const password = 'correct horse battery';

/** The code that an authenticator app shows at an instant. `secret` is base32. */
export function codeAt(secret: string, at: Date): string {
  return TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: at.getTime() });
}

/** Gives a person a password. */
export async function withPassword(person: Browser): Promise<void> {
  const answer = await person.call('/api/me/password', { method: 'POST', body: { password } });
  if (answer.status !== 204) throw new Error(answer.text);
}

/** Sets up an authenticator app at an instant; its key. */
export async function withAuthenticator(person: Browser, at: Date): Promise<string> {
  const started = await person.call('/api/me/authenticator', { method: 'POST' });
  const secret = started.json.secret as string;
  const body = { code: codeAt(secret, at) };
  const answer = await person.call('/api/me/authenticator/confirm', { method: 'POST', body });
  if (answer.status !== 204) throw new Error(answer.text);
  return secret;
}

/** The first step of a sign-in: its answer, and the cookie to go on with. */
export async function firstStep(server: TestServer, userName: string): Promise<{ answer: Answer; cookie: string }> {
  const answer = await server.call('/api/session', { method: 'POST', body: { userName, password } });
  return { answer, cookie: answer.headers.getSetCookie()[0]?.split(';')[0] ?? '' };
}

/** The second step with what is shown. */
export function secondStep(server: TestServer, cookie: string, body: unknown): Promise<Answer> {
  return server.call('/api/session/second-factor', { method: 'POST', body, headers: { cookie } });
}

/** Both steps with an authenticator's code. */
export async function signInWithCode(server: TestServer, userName: string, code: string): Promise<Browser> {
  const { cookie } = await firstStep(server, userName);
  return browserOf(server.url, await secondStep(server, cookie, { code }));
}

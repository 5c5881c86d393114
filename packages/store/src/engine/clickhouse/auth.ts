import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The one account of an embedded ClickHouse. */
export interface Credentials {
  username: string;
  password: string;
}

/**
 * Whether a request carries the account: basic authentication, the `X-ClickHouse-User`/`X-ClickHouse-Key` headers, or
 * the `user`/`password` URL parameters, as ClickHouse's HTTP interface accepts them.
 */
export function isAuthorised(request: IncomingMessage, url: URL, expected: Credentials): boolean {
  const given = credentialsOf(request, url);
  return given !== undefined && same(given.username, expected.username) && same(given.password, expected.password);
}

function credentialsOf(request: IncomingMessage, url: URL): Credentials | undefined {
  const basic = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(request.headers.authorization ?? '');
  if (basic?.[1] !== undefined) {
    const text = Buffer.from(basic[1], 'base64').toString('utf8');
    const colon = text.indexOf(':');
    return colon < 0 ? undefined : { username: text.slice(0, colon), password: text.slice(colon + 1) };
  }
  const user = request.headers['x-clickhouse-user'];
  const key = request.headers['x-clickhouse-key'];
  if (typeof user === 'string') return { username: user, password: typeof key === 'string' ? key : '' };
  const username = url.searchParams.get('user');
  return username === null ? undefined : { username, password: url.searchParams.get('password') ?? '' };
}

function same(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

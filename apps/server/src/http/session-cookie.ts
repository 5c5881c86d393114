import type { NewSession } from '@throughline/store';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

/** Whether people reach the server by https; cookies are then `Secure`. */
export function isHttps(publicUrl: URL | undefined): boolean {
  return publicUrl?.protocol === 'https:';
}

const name = (https: boolean) => (https ? '__Host-throughline' : 'throughline');

/** The session's secret from the request's cookie. */
export function readSessionCookie(c: Context, https: boolean): string | undefined {
  return getCookie(c, name(https));
}

/** Hands the session to the browser, out of reach of scripts and of other sites. */
export function writeSessionCookie(c: Context, session: NewSession, https: boolean): void {
  setCookie(c, name(https), session.secret, {
    httpOnly: true,
    secure: https,
    sameSite: 'Lax',
    path: '/',
    maxAge: 30 * 24 * 3600,
  });
}

/** Takes the session's cookie back. */
export function clearSessionCookie(c: Context, https: boolean): void {
  deleteCookie(c, name(https), { path: '/', secure: https });
}

import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { isHttps } from '../http/session-cookie.ts';
import type { Settings } from '../settings.ts';

/** What a browser holds for some minutes: a sign-in that waits for its second factor, a challenge for a passkey. */
export type ShortCookie = 'pending' | 'challenge';

const SECONDS = 300;

type Place = { c: Context; settings: Pick<Settings, 'publicUrl'> };

/** The secret in the cookie; empty when there is none. */
export function readShortCookie({ c, settings }: Place, cookie: ShortCookie): string {
  return getCookie(c, nameOf(cookie, isHttps(settings.publicUrl))) ?? '';
}

/** Hands a secret to the browser for five minutes, out of reach of scripts and of other sites. */
export function writeShortCookie({ c, settings }: Place, cookie: ShortCookie, secret: string): void {
  const secure = isHttps(settings.publicUrl);
  setCookie(c, nameOf(cookie, secure), secret, {
    httpOnly: true,
    secure,
    sameSite: 'Strict',
    path: '/',
    maxAge: SECONDS,
  });
}

/** Takes the cookie back. */
export function clearShortCookie({ c, settings }: Place, cookie: ShortCookie): void {
  const secure = isHttps(settings.publicUrl);
  deleteCookie(c, nameOf(cookie, secure), { path: '/', secure });
}

function nameOf(cookie: ShortCookie, https: boolean): string {
  return `${https ? '__Host-' : ''}throughline-${cookie}`;
}

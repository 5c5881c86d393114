import { signInFlowMs } from '@throughline/store';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

const name = (https: boolean) => (https ? '__Host-throughline-flow' : 'throughline-flow');

/** Binds a sign-in to this browser. Lax: the provider sends the person back by a plain link. */
export function writeFlowCookie(c: Context, secret: string, https: boolean): void {
  setCookie(c, name(https), secret, {
    httpOnly: true,
    secure: https,
    sameSite: 'Lax',
    path: '/',
    maxAge: signInFlowMs / 1000,
  });
}

/** The secret of the sign-in this browser began; it is taken back, for it works once. */
export function takeFlowCookie(c: Context, https: boolean): string | undefined {
  const secret = getCookie(c, name(https));
  deleteCookie(c, name(https), { path: '/', secure: https });
  return secret;
}

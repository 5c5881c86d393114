import { ssoFailures, waysIn } from '@throughline/model';
import { readWaysIn, requireProvider, SsoError } from '@throughline/store';
import { z } from 'zod';
import { numericId } from '../api/path-params.ts';
import type { Route } from '../api/route.ts';
import { route } from '../api/route.ts';
import { ApiError } from '../http/api-error.ts';
import { beginSignIn } from './begin-sign-in.ts';
import { completeSignIn, signInPath, signInTenant } from './complete-sign-in.ts';
import { localReturnPath } from './return-path.ts';

const chapter = 'Sign-in';

export const ssoSignInRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/sign-in/ways',
    access: 'public',
    chapter,
    summary: 'The ways to sign in: by password, and through which providers',
    answer: waysIn.meta({ id: 'WaysIn' }),
    handle: ({ db }) => readWaysIn(db, signInTenant),
  }),
  route({
    method: 'get',
    path: '/api/sign-in/sso/callback',
    access: 'public',
    chapter,
    summary: 'Where providers send people back to',
    description: `Ends in a session and a redirect to the page that was asked for, or to the sign-in page with \`sso\` = ${ssoFailures.join(', ')}.`,
    // Providers add parameters of their own; the library reads those of the standard.
    query: z.looseObject({}),
    media: 'text/html',
    handle: async (call) => call.c.redirect(await completeSignIn(call), 302),
  }),
  route({
    method: 'get',
    path: '/api/sign-in/sso/{id}',
    access: 'public',
    chapter,
    summary: 'Go to a provider to sign in',
    description: '`return` is the page to come back to; anything but a path of this portal is ignored.',
    params: numericId,
    query: z.strictObject({ return: z.string().max(2000).optional() }),
    media: 'text/html',
    handle: async (call) => {
      const { c, db, params, query, log } = call;
      try {
        const provider = await requireProvider(db, signInTenant, params.id);
        return c.redirect((await beginSignIn(call, signInTenant, provider, { asked: query.return })).href, 302);
      } catch (error) {
        const code = error instanceof SsoError ? 'providerOff' : error instanceof ApiError ? error.code : undefined;
        if (code === undefined) throw error;
        log.warn({ code, provider: params.id }, `sign-in through a provider: ${(error as Error).message}`);
        return c.redirect(signInPath(code, localReturnPath(query.return)), 302);
      }
    },
  }),
];

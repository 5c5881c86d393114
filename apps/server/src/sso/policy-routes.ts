import { signInPolicy, signInPolicyChange } from '@throughline/model';
import { changeSignInPolicy, readSignInPolicy } from '@throughline/store';
import type { Route } from '../api/route.ts';
import { route } from '../api/route.ts';
import { requireNotAbove } from '../scope/own-rights.ts';
import { refusing } from './refuse.ts';

const chapter = 'Sign-in';
const policy = signInPolicy.meta({ id: 'SignInPolicy' });

export const signInPolicyRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/sign-in/policy',
    access: 'access.read',
    chapter,
    summary: 'Who may sign in with a password, and who could get in without',
    answer: policy,
    handle: ({ db, principal }) => readSignInPolicy(db, principal.tenantId),
  }),
  route({
    method: 'patch',
    path: '/api/sign-in/policy',
    access: 'access.manage',
    audit: { action: 'signIn.change' },
    chapter,
    summary: 'Turn sign-in by password on or off; mark break-glass accounts',
    description: 'Off only with a proven provider and a break-glass account; `obstacles` says what is missing.',
    body: signInPolicyChange,
    answer: policy,
    refusals: [404, 409],
    handle: ({ db, principal, body }) =>
      refusing(async () => {
        const marked = (await readSignInPolicy(db, principal.tenantId)).breakGlass.filter((each) => each.marked);
        const before = marked.map(({ accountId }) => accountId);
        const wanted = body.breakGlassAccountIds ?? before;
        for (const id of [...before, ...wanted]) {
          if (before.includes(id) !== wanted.includes(id)) await requireNotAbove(db, principal, id);
        }
        return changeSignInPolicy(db, principal.tenantId, body);
      }),
  }),
];

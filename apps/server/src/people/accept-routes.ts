import { createHash } from 'node:crypto';
import { invitationAcceptBody, invitationOpenBody, invitationOpened } from '@throughline/model';
import { acceptInvitation, giveTryBack, hashPassword, openInvitation, takeTry } from '@throughline/store';
import { meSchema } from '../api/me.ts';
import { type Call, type Route, route } from '../api/route.ts';
import { startSession } from '../api/start-session.ts';
import { ApiError } from '../http/api-error.ts';
import { clientAddress } from '../http/client-address.ts';
import { requireInviterMayStill } from './invitation-rights.ts';

const chapter = 'Sign-in';

/** What an invited person does with their link. */
export const acceptRoutes: Route[] = [
  route({
    method: 'post',
    path: '/api/invitations/open',
    access: 'public',
    audit: {
      action: 'invitation.open',
      target: (_, answer) =>
        answer !== undefined && 'id' in answer ? { kind: 'invitation', id: String(answer.id) } : null,
    },
    chapter,
    summary: 'What an invitation says',
    body: invitationOpenBody,
    answer: invitationOpened.meta({ id: 'InvitationOpened' }),
    refusals: [404, 409, 429],
    handle: (call) =>
      throttled(call, async () => {
        const { id, userName, displayName, invitedBy, expiresDateTime } = await openInvitation(
          call.db,
          call.body.token,
          call.clock(),
        );
        return { id, userName, displayName, invitedBy, expiresDateTime };
      }),
  }),
  route({
    method: 'post',
    path: '/api/invitations/accept',
    access: 'public',
    audit: { action: 'invitation.accept' },
    chapter,
    summary: 'Accept an invitation: make the account and sign in',
    description: 'Refused when who invited may no longer give what the invitation gives.',
    body: invitationAcceptBody,
    answer: meSchema,
    refusals: [404, 409, 429],
    handle: async (call) => {
      const { db, clock } = call;
      const { token, displayName, password } = call.body;
      const account = await throttled(call, async () => {
        // Before the password is hashed, which is work that a stranger could ask for.
        await openInvitation(db, token, clock());
        const passwordHash = await hashPassword(password);
        return acceptInvitation(db, token, { displayName, passwordHash }, clock(), requireInviterMayStill);
      });
      return startSession(call, account.id);
    },
  }),
];

type TokenCall = Call<'public', unknown, unknown, { token: string }>;

/** Runs a try with a link, counted per address and per link as sign-ins are; one that succeeds is given back. */
async function throttled<T>({ db, body, c, clock, settings }: TokenCall, work: () => Promise<T>): Promise<T> {
  const link = createHash('sha256').update(body.token).digest('hex').slice(0, 16);
  const attempt = { userName: `invitation ${link}`, address: clientAddress(c, settings.trustProxy) };
  const allowed = await takeTry(db, attempt, clock());
  if (!allowed.allowed) {
    const retryAfterSeconds = Math.ceil(allowed.retryAfterMs / 1000);
    const message = `Too many tries: wait ${retryAfterSeconds} seconds.`;
    throw new ApiError(429, 'tooManyTries', message, { retryAfterSeconds });
  }
  const answer = await work();
  await giveTryBack(db, attempt, clock());
  return answer;
}

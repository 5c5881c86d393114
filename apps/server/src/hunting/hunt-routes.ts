import { groupOf } from '@throughline/access';
import { huntBody } from '@throughline/model';
import { readTelemetryScope, rememberHunt } from '@throughline/store';
import type { Route } from '../api/route.ts';
import { route } from '../api/route.ts';
import { PORTAL_LIMITS } from './hunt-limits.ts';
import { placeFor } from './hunt-room.ts';
import { huntMessages } from './hunt-stream.ts';
import { huntCatalogue, surroundingsOf } from './hunt-surroundings.ts';

export const huntRoutes: Route[] = [
  route({
    method: 'post',
    path: '/api/hunt',
    access: 'incidents.read',
    scoped: true,
    audit: {
      action: 'hunt.run',
      target: () => null,
      details: ({ body }) => ({ query: body.query.slice(0, 4_000), from: body.from, to: body.to }),
    },
    chapter: 'Hunting',
    summary: 'Run a hunting query in KQL',
    description:
      'Answers with one JSON value a line: `start`, `columns`, then `rows` and `progress` as they come, and `done` or ' +
      '`error` last. Closing the connection cancels the query. The query reads only what the caller sees.',
    body: huntBody,
    media: 'application/x-ndjson',
    refusals: [429],
    handle: async ({ db, hunting, principal, body, clock, c, log }) => {
      const leave = placeFor(principal.accountId);
      try {
        await hunting.ready();
        const scope = await readTelemetryScope(db, principal, groupOf);
        const now = clock();
        const control = new AbortController();
        c.req.raw.signal.addEventListener('abort', () => control.abort(), { once: true });
        const messages = huntMessages(
          {
            query: body.query,
            maxRows: body.maxRows,
            limits: PORTAL_LIMITS,
            client: hunting.client,
            catalogue: huntCatalogue,
            surroundings: surroundingsOf(scope, now, { from: dateOf(body.from), to: dateOf(body.to) }),
            signal: control.signal,
          },
          ({ result, rows, elapsedMs }) => {
            leave();
            rememberHunt(db, principal, { query: body.query, at: now.toISOString(), result, rows, elapsedMs }).catch(
              (error: unknown) => log.warn({ err: error }, 'a hunt could not be remembered'),
            );
          },
        );
        return new Response(
          linesOf(messages, () => control.abort()),
          {
            headers: { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' },
          },
        );
      } catch (error) {
        leave();
        throw error;
      }
    },
  }),
];

function dateOf(text: string | undefined): Date | undefined {
  return text === undefined ? undefined : new Date(text);
}

/** Messages as lines of JSON; whoever stops reading cancels. */
function linesOf(messages: AsyncGenerator<unknown>, cancel: () => void): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await messages.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`));
    },
    async cancel() {
      cancel();
      await messages.return(undefined);
    },
  });
}

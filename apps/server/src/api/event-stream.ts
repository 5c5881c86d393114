import type { LiveEvent } from '@throughline/model';
import { type Db, liveEventRange, liveEventsAfter, type Viewer } from '@throughline/store';
import { hearing, type LiveFeed, type NumberedEvent } from './live-feed.ts';

/** What `eventStream` takes. */
export type EventStreamOptions = {
  db: Db;
  live: LiveFeed;
  viewer: Viewer;
  /** The last event the subscriber heard; without it the stream starts now. */
  after: number | undefined;
  /** Asked at every heartbeat: whether who listens may still do so. */
  stillAllowed: () => Promise<boolean>;
};

const HEARTBEAT_MS = 15_000;
// More than this many missed events are not told one by one.
const MOST_MISSED = 1000;
// A subscriber that reads so slowly that this many pieces wait is let go; it comes back with its last id.
const MOST_WAITING = 2000;

/** A response that streams live events: first what was missed, then what happens. */
export async function eventStream(options: EventStreamOptions): Promise<Response> {
  const { live, viewer, stillAllowed } = options;
  const early: NumberedEvent[] = [];
  let deliver = (event: NumberedEvent) => void early.push(event);
  let end = () => {};
  const unsubscribe = live.subscribe(viewer, { event: (event) => deliver(event), end: () => end() });
  const opening = await openingOf(options).catch((error) => {
    unsubscribe();
    throw error;
  });
  let heartbeat: NodeJS.Timeout | undefined;
  const stop = () => {
    clearInterval(heartbeat);
    unsubscribe();
  };
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const encoder = new TextEncoder();
      let last = opening.newest;
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      end = () => {
        stop();
        controller.close();
      };
      send(opening.text);
      deliver = ({ id, event }) => {
        if (id <= last) return;
        last = id;
        send(eventText(event, id));
        if ((controller.desiredSize ?? 0) < -MOST_WAITING) end();
      };
      for (const event of early) deliver(event);
      heartbeat = setInterval(async () => {
        if (await stillAllowed().catch(() => true)) send(': still here\n\n');
        else end();
      }, HEARTBEAT_MS);
    },
    cancel: stop,
  });
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' },
  });
}

// The number of the newest event goes first, without an event: who hears nothing can still resume.
async function openingOf({ db, viewer, after }: EventStreamOptions): Promise<{ text: string; newest: number }> {
  const { oldest, newest } = await liveEventRange(db);
  const start = `retry: 2000\nid: ${newest}\n\n`;
  if (after === undefined || after === newest) return { text: start, newest };
  if (after > newest || after < oldest - 1) return { text: start + eventText({ type: 'reset' }, newest), newest };
  const missed = await liveEventsAfter(db, after, MOST_MISSED + 1);
  if (missed.length > MOST_MISSED) return { text: start + eventText({ type: 'reset' }, newest), newest };
  const heard = await hearing(db, viewer, missed);
  const told = missed.filter(heard).map(({ id, event }) => eventText(event, id));
  return { text: `retry: 2000\nid: ${after}\n\n${told.join('')}`, newest: missed.at(-1)?.id ?? after };
}

function eventText(event: LiveEvent, id: number): string {
  return `id: ${id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

import type { LiveEvent } from '@throughline/model';
import {
  type Db,
  listen,
  liveChannel,
  liveEventRange,
  liveEventsAfter,
  type StoredLiveEvent,
  seenIncidents,
  seesGroups,
  type Viewer,
} from '@throughline/store';
import type { Logger } from 'pino';

/** A live event with its number, which only grows. */
export type NumberedEvent = { id: number; event: LiveEvent };

/** Who hears live events; `end` says that there will be no more. */
export type LiveListener = { event(event: NumberedEvent): void; end(): void };

/** The one reader of live events in this process, from which all subscribers hear. */
export type LiveFeed = {
  /** Tells each new event that the viewer may hear, in order, until the returned function is called. */
  subscribe(viewer: Viewer, listener: LiveListener): () => void;
  /** Ends all subscriptions. */
  stop(): Promise<void>;
};

type Subscriber = { viewer: Viewer; listener: LiveListener };

const PAGE = 1000;

/** Follows the table of live events, woken by the database; the numbers become visible in order. */
export function startLiveFeed({ db, databaseUrl, log }: { db: Db; databaseUrl: string; log: Logger }): LiveFeed {
  const subscribers = new Set<Subscriber>();
  let newest: number | undefined;
  let running: Promise<void> | undefined;
  let again = false;

  const catchUp = async () => {
    newest ??= (await liveEventRange(db)).newest;
    for (let full = true; full; ) {
      const page = await liveEventsAfter(db, newest, PAGE);
      const hears = new Map<Subscriber, (stored: StoredLiveEvent) => boolean>();
      // Somebody may come while the database answers.
      const unknown = () => [...subscribers].filter((each) => each.viewer.sources !== null && !hears.has(each));
      for (let asked = unknown(); asked.length > 0; asked = unknown()) {
        for (const each of asked) hears.set(each, await hearing(db, each.viewer, page));
      }
      for (const stored of page) {
        const { id, event } = stored;
        newest = id;
        for (const subscriber of subscribers) {
          if (hears.get(subscriber)?.(stored) ?? mayHear(subscriber.viewer, stored))
            subscriber.listener.event({ id, event });
        }
      }
      full = page.length === PAGE;
    }
  };
  const run = async () => {
    try {
      while (again) {
        again = false;
        await catchUp();
      }
    } catch (error) {
      log.warn({ err: error }, 'live events could not be read');
    } finally {
      running = undefined;
    }
  };
  const wake = () => {
    again = true;
    running ??= run();
  };
  const stopListening = listen(databaseUrl, liveChannel, wake);
  return {
    subscribe(viewer, listener) {
      const subscriber = { viewer, listener };
      subscribers.add(subscriber);
      return () => void subscribers.delete(subscriber);
    },
    async stop() {
      for (const { listener } of [...subscribers]) listener.end();
      await stopListening();
      await running;
    },
  };
}

/**
 * Says of each event of a page whether it is of the viewer's tenant and about nothing that the viewer does not see; asks
 * the database only for who sees some sources.
 */
export async function hearing(
  db: Db,
  viewer: Viewer,
  page: readonly StoredLiveEvent[],
): Promise<(stored: StoredLiveEvent) => boolean> {
  if (viewer.sources === null) return (stored) => mayHear(viewer, stored);
  const near = page.filter((stored) => mayHear(viewer, stored));
  const seen = await seenIncidents(
    db,
    viewer,
    near.flatMap(({ event }) => ('incidentId' in event ? event.incidentId : [])),
  );
  const heard = new Set(near.filter(({ event }) => !('incidentId' in event) || seen.has(event.incidentId)));
  return (stored) => heard.has(stored);
}

// What tenant and device groups let through.
function mayHear(viewer: Viewer, { tenantId, groups }: StoredLiveEvent): boolean {
  return viewer.tenantId === tenantId && (groups === null || seesGroups(viewer, groups));
}

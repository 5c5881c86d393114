import type { LiveEvent } from '@throughline/model';
import {
  type Db,
  listen,
  liveChannel,
  liveEventRange,
  liveEventsAfter,
  pruneLiveEvents,
  type StoredLiveEvent,
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

const PAGE = 1000;
const PRUNE_MS = 3_600_000;

/** Follows the table of live events, woken by the database; the numbers become visible in order. */
export function startLiveFeed({ db, databaseUrl, log }: { db: Db; databaseUrl: string; log: Logger }): LiveFeed {
  const subscribers = new Set<{ viewer: Viewer; listener: LiveListener }>();
  let newest: number | undefined;
  let running: Promise<void> | undefined;
  let again = false;

  const catchUp = async () => {
    newest ??= (await liveEventRange(db)).newest;
    for (let full = true; full; ) {
      const page = await liveEventsAfter(db, newest, PAGE);
      for (const stored of page) {
        const { id, event } = stored;
        newest = id;
        for (const { viewer, listener } of subscribers) if (mayHear(viewer, stored)) listener.event({ id, event });
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
  const pruning = setInterval(() => {
    pruneLiveEvents(db).catch((error) => log.warn({ err: error }, 'old live events could not be removed'));
  }, PRUNE_MS);
  pruning.unref();
  return {
    subscribe(viewer, listener) {
      const subscriber = { viewer, listener };
      subscribers.add(subscriber);
      return () => void subscribers.delete(subscriber);
    },
    async stop() {
      clearInterval(pruning);
      for (const { listener } of [...subscribers]) listener.end();
      await stopListening();
      await running;
    },
  };
}

/** Whether an event is of the viewer's tenant and about nothing that the viewer does not see. */
export function mayHear(viewer: Viewer, { tenantId, groups }: StoredLiveEvent): boolean {
  return viewer.tenantId === tenantId && (groups === null || seesGroups(viewer, groups));
}

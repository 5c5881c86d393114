import type { LiveEvent } from '@throughline/model';
import { useEffect, useRef, useSyncExternalStore } from 'react';

export interface LiveState {
  status: 'connecting' | 'connected' | 'lost';
  /** Since when, ms. */
  since: number;
}

type Listener = (events: readonly LiveEvent[]) => void;

const batchMs = 250;
const firstRetryMs = 1_000;
const longestRetryMs = 15_000;
const names: readonly LiveEvent['type'][] = ['incident.created', 'incident.updated', 'incident.merged', 'reset'];

let state: LiveState = { status: 'connecting', since: Date.now() };
const stateListeners = new Set<() => void>();
const eventListeners = new Set<Listener>();

function become(status: LiveState['status']): void {
  if (state.status === status) return;
  state = { status, since: Date.now() };
  for (const listener of stateListeners) listener();
}

/** Opens the one stream of this page; the browser resumes with Last-Event-ID, and we reopen when it gives up. Returns the stop. */
export function startLive(): () => void {
  let source: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let flush: ReturnType<typeof setTimeout> | undefined;
  let queue: LiveEvent[] = [];
  let retryMs = firstRetryMs;
  let lastId = '';

  const take = (message: MessageEvent<string>) => {
    lastId = message.lastEventId || lastId;
    try {
      queue.push(JSON.parse(message.data) as LiveEvent);
    } catch {
      return;
    }
    flush ??= setTimeout(() => {
      flush = undefined;
      const batch = queue;
      queue = [];
      for (const listener of eventListeners) listener(batch);
    }, batchMs);
  };
  const open = () => {
    source = new EventSource(lastId === '' ? '/api/events' : `/api/events?lastEventId=${encodeURIComponent(lastId)}`);
    source.onopen = () => {
      retryMs = firstRetryMs;
      become('connected');
    };
    source.onmessage = take;
    for (const name of names) source.addEventListener(name, take);
    source.onerror = () => {
      become('lost');
      if (source?.readyState !== EventSource.CLOSED) return;
      clearTimeout(retry);
      retry = setTimeout(open, retryMs);
      retryMs = Math.min(longestRetryMs, retryMs * 2);
    };
  };
  open();
  return () => {
    clearTimeout(retry);
    clearTimeout(flush);
    source?.close();
  };
}

/** Whether events flow now, and since when. */
export function useLiveState(): LiveState {
  return useSyncExternalStore(
    (listener) => {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    () => state,
  );
}

/** Runs with each batch of events (at most four a second) while the component lives. */
export function useLiveEvents(listener: Listener): void {
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => {
    const run: Listener = (events) => latest.current(events);
    eventListeners.add(run);
    return () => {
      eventListeners.delete(run);
    };
  }, []);
}

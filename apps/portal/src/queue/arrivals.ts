import { useQueryClient } from '@tanstack/react-query';
import type { IncidentDetail, IncidentRow, LiveEvent } from '@throughline/model';
import { useCallback, useEffect, useRef, useState } from 'react';
import { incidentQuery, patchRows } from '../api/incidents.ts';
import { useLiveEvents } from '../api/live.ts';

const summaryEveryMs = 2_000;
const mostPatches = 12;
const quietMs = 800;

/** What a batch of events means for a list that shows `loaded`: what is new, and which rows to redraw in place. */
export function sortEvents(
  events: readonly LiveEvent[],
  loaded: ReadonlySet<number>,
): { fresh: number[]; changed: number[]; reset: boolean } {
  const fresh = new Set<number>();
  const changed = new Set<number>();
  let reset = false;
  for (const event of events) {
    if (event.type === 'reset') {
      reset = true;
      continue;
    }
    if (event.type === 'incident.created' && event.kind === 'incident' && !loaded.has(event.incidentId))
      fresh.add(event.incidentId);
    if (loaded.has(event.incidentId)) changed.add(event.incidentId);
    if (event.type === 'incident.merged') {
      fresh.delete(event.incidentId);
      if (loaded.has(event.into)) changed.add(event.into);
    }
  }
  return { fresh: [...fresh], changed: [...changed], reset };
}

/**
 * Listens for new and changed incidents. Changed rows are redrawn where they stand; new ones are only counted, until
 * the person asks for them.
 */
export function useArrivals(rows: readonly IncidentRow[], reload: () => void) {
  const client = useQueryClient();
  const [fresh, setFresh] = useState<ReadonlySet<number>>(new Set());
  const [stale, setStale] = useState(false);
  const loaded = useRef<ReadonlySet<number>>(new Set());
  loaded.current = new Set(rows.map((row) => row.id));
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  useLiveEvents((events) => {
    const sorted = sortEvents(events, loaded.current);
    if (sorted.reset) setStale(true);
    if (sorted.fresh.length > 0) setFresh((now) => new Set([...now, ...sorted.fresh]));
    if (sorted.changed.length > mostPatches) setStale(true);
    else for (const id of sorted.changed) void redraw(id);
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      for (const key of ['incident-summary', 'incident-timeline', 'incident-facets', 'first-run']) {
        void client.invalidateQueries({ queryKey: [key] });
      }
    }, summaryEveryMs);
  });

  const redraw = async (id: number) => {
    try {
      const detail: IncidentDetail = await client.fetchQuery({ ...incidentQuery(id), staleTime: 0 });
      patchRows(client, (row) => (row.id === id ? { ...row, ...detail } : row));
    } catch {
      setStale(true);
    }
  };
  const show = useCallback(() => {
    setFresh(new Set());
    setStale(false);
    reload();
  }, [reload]);
  // With no row on screen nothing can move: what arrives is shown as soon as it stops pouring in.
  const empty = rows.length === 0;
  useEffect(() => {
    if (!empty || fresh.size === 0) return;
    const quiet = setTimeout(show, quietMs);
    return () => clearTimeout(quiet);
  }, [empty, fresh, show]);
  const here = [...fresh].filter((id) => !loaded.current.has(id)).length;
  return { fresh: here, stale, show };
}

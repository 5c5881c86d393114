import { useQueryClient } from '@tanstack/react-query';
import type { RearrangementResult } from '@throughline/model';
import { useState } from 'react';
import { useToast } from '../kit/index.ts';
import { undoRearrangement } from './rearrange-api.ts';

/**
 * Rearranges incidents: `run` does the requests in order, shows everything anew, says what was done and offers to undo
 * it. It resolves to null when refused; `error` says why then.
 */
export function useRearrange() {
  const client = useQueryClient();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error | null>(null);

  const refresh = () =>
    Promise.all(
      ['incident', 'incidents', 'alert', 'incident-summary'].map((key) =>
        client.invalidateQueries({ queryKey: [key] }),
      ),
    );
  const undo = async (ids: readonly number[]) => {
    try {
      for (const id of [...ids].reverse()) await undoRearrangement(id);
      toast({ message: 'Undone' });
    } catch (failure) {
      toast({ message: (failure as Error).message, tone: 'failed' });
    }
    await refresh();
  };
  const run = async (
    requests: readonly (() => Promise<RearrangementResult>)[],
    words: (last: RearrangementResult) => string,
  ): Promise<RearrangementResult | null> => {
    setBusy(true);
    setError(null);
    const done: RearrangementResult[] = [];
    try {
      for (const request of requests) done.push(await request());
    } catch (failure) {
      setError(failure as Error);
    }
    await refresh();
    setBusy(false);
    const last = done.at(-1);
    if (last === undefined) return null;
    const ids = done.flatMap(({ rearrangementIds }) => rearrangementIds);
    toast({ message: words(last), undo: () => void undo(ids) });
    return done.length === requests.length ? last : null;
  };
  return { run, undo, busy, error };
}

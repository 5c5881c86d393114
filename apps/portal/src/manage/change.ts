import { useQueryClient } from '@tanstack/react-query';
import type { IncidentChange, IncidentDetail, IncidentRow } from '@throughline/model';
import { useCallback } from 'react';
import { changeIncident, changeIncidents, patchRows } from '../api/incidents.ts';
import { askAgain } from '../app/ask-again.ts';
import { useToast } from '../kit/index.ts';
import { inverseChanges, rowAfter } from './inverse.ts';

/** Refreshes what a change to incidents may have touched, except the queue's rows, which were patched in place. */
export function useRefresh(): (ids: readonly number[]) => void {
  const client = useQueryClient();
  return useCallback(
    (ids) => {
      void client.invalidateQueries({ queryKey: ['incident-summary'] });
      void client.invalidateQueries({ queryKey: ['incident-facets'] });
      for (const id of ids.slice(0, 20)) void askAgain(client, ['incident', id]);
    },
    [client],
  );
}

/**
 * Changes incidents at once on screen, then on the server; says what was done and offers to undo it for eight seconds.
 * A failure puts the rows back and says so. `rows` are the incidents as they are now. Resolves to whether it was saved.
 */
export function useChangeIncidents(): (
  rows: readonly (IncidentRow | IncidentDetail)[],
  change: IncidentChange,
  done: string,
) => Promise<boolean> {
  const client = useQueryClient();
  const toast = useToast();
  const refresh = useRefresh();
  return useCallback(
    async function run(rows, change, done): Promise<boolean> {
      const before = new Map(rows.map((row) => [row.id, row]));
      const ids = [...before.keys()];
      const put = (make: (row: IncidentRow) => IncidentRow) => {
        patchRows(client, (row) => (before.has(row.id) ? make(row) : row));
        for (const id of ids)
          client.setQueryData<IncidentDetail>(['incident', id, 'detail'], (now) => now && { ...now, ...make(now) });
      };
      const restore = (row: IncidentRow): IncidentRow => {
        const { status, assignedTo, classification, determination, customTags, severity, displayName } =
          before.get(row.id) ?? row;
        return { ...row, status, assignedTo, classification, determination, customTags, severity, displayName };
      };
      put((row) => rowAfter(row, change));
      try {
        const [only] = ids;
        if (ids.length === 1 && only !== undefined) await changeIncident(only, change);
        else {
          const { failed } = await changeIncidents(ids, change);
          const reasons = new Set(failed.map((each) => each.reason));
          const lost = new Set(failed.map((each) => each.id));
          if (lost.size > 0) {
            patchRows(client, (row) => (lost.has(row.id) ? restore(row) : row));
            toast({ tone: 'failed', message: `${lost.size} of ${ids.length} not changed: ${[...reasons].join('; ')}` });
          }
        }
      } catch (error) {
        put(restore);
        toast({ tone: 'failed', message: `Not saved: ${(error as Error).message}` });
        return false;
      }
      refresh(ids);
      const back = inverseChanges(rows, change);
      toast({
        message: done,
        ...(back.length > 0 && {
          undo: () => {
            put(restore);
            void Promise.all(back.map((each) => changeIncidents(each.ids, each.change)))
              .then(() => refresh(ids))
              .catch((error: Error) => toast({ tone: 'failed', message: `Not undone: ${error.message}` }));
          },
        }),
      });
      return true;
    },
    [client, toast, refresh],
  );
}

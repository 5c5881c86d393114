import type { IncidentRow } from '@throughline/model';
import { useMe } from '../api/session.ts';
import { type KeyBinding, selectRows, useKeys } from '../kit/index.ts';

export interface QueueKeys {
  rows: readonly IncidentRow[];
  /** The row that has the focus; -1 before the first move. */
  index: number;
  selected: ReadonlySet<string>;
  /** Escape belongs to the panel while it is open. */
  panelOpen: boolean;
  onSelect: (selected: ReadonlySet<string>) => void;
  onMove: (index: number) => void;
  onOpen: (row: IncidentRow) => void;
  onPanel: (row: IncidentRow) => void;
  onShowNew: () => void;
  onMine: (row: IncidentRow, userName: string) => void;
}

export function useQueueKeys(queue: QueueKeys): void {
  const { rows, index, selected } = queue;
  const me = useMe();
  const here = rows[Math.max(0, index)];
  const keys = rows.map((row) => String(row.id));
  const extend = (step: number) => {
    const to = rows[Math.max(0, Math.min(rows.length - 1, index + step))];
    if (!here || !to) return;
    queue.onSelect(selectRows(keys, new Set([...selected, String(here.id)]), String(to.id), String(here.id)));
    queue.onMove(index + step);
  };
  const withRow = (run: (row: IncidentRow) => void) => () => here && run(here);
  const bindings: KeyBinding[] = [
    { key: 'j', label: 'Next incident', run: () => queue.onMove(index + 1) },
    { key: 'k', label: 'Previous incident', run: () => queue.onMove(index - 1) },
    { key: 'Enter', label: 'Open the incident', yields: true, run: withRow(queue.onOpen) },
    { key: 'Space', label: 'Show or hide the panel', yields: true, run: withRow(queue.onPanel) },
    {
      key: 'x',
      label: 'Select',
      run: withRow((row) => queue.onSelect(selectRows(keys, selected, String(row.id), undefined))),
    },
    { key: 'shift+j', label: 'Extend the selection down', run: () => extend(1) },
    { key: 'shift+k', label: 'Extend the selection up', run: () => extend(-1) },
    { key: 'm', label: 'Assign to me', run: withRow((row) => me && queue.onMine(row, me.userName)) },
    { key: 'n', label: 'Show what is new', run: queue.onShowNew },
  ];
  if (selected.size > 0 && !queue.panelOpen) {
    bindings.push({ key: 'Escape', label: 'Clear the selection', run: () => queue.onSelect(new Set()) });
  }
  useKeys('Incidents', bindings);
}

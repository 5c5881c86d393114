import type { IncidentChange } from '@throughline/model';
import { determinationsOf, mostMerged } from '@throughline/model';
import { useState } from 'react';
import { useMay, useMe } from '../api/session.ts';
import { classificationWords, determinationWords } from '../app/words.ts';
import { Button, Menu, type MenuEntry } from '../kit/index.ts';

export interface BulkBarProps {
  count: number;
  /** Everything that matches, selected or not. */
  total: number;
  /** Most that one selection may hold. */
  most: number;
  onSelectAll: () => Promise<void>;
  onClear: () => void;
  onMerge: () => void;
  onChange: (change: IncidentChange, words: string) => Promise<unknown>;
}

/** Appears with the first selected row; acts on the whole selection and keeps it. */
export function BulkBar({ count, total, most, onSelectAll, onClear, onMerge, onChange }: BulkBarProps) {
  const me = useMe();
  const may = useMay('incidents.manage');
  const [busy, setBusy] = useState(false);
  const run = async (work: Promise<unknown>) => {
    setBusy(true);
    await work;
    setBusy(false);
  };
  const item = (label: string, change: IncidentChange, words: string) => ({
    label,
    onSelect: () => void run(onChange(change, words)),
  });
  const classify: MenuEntry[] = (['truePositive', 'informationalExpectedActivity', 'falsePositive'] as const).flatMap(
    (classification) => [
      classificationWords[classification],
      ...determinationsOf[classification].map((determination) =>
        item(determinationWords[determination], { classification, determination }, 'classified'),
      ),
    ],
  );
  const reason = may ? undefined : 'Needs the permission incidents.manage';
  return (
    <section
      aria-label="Selected incidents"
      className="hairline flex min-h-11 shrink-0 flex-wrap items-center gap-2 border-t bg-n2 px-4 py-1.5"
    >
      <span className="font-medium" role="status">
        {count.toLocaleString('en')} selected
      </span>
      {total > count && (
        <Button size="small" variant="quiet" busy={busy} onClick={() => void run(onSelectAll())}>
          Select{' '}
          {total > most ? `the first ${most.toLocaleString('en')}` : `all ${total.toLocaleString('en')} that match`}
        </Button>
      )}
      <span className="w-2" />
      <Button
        size="small"
        busy={busy}
        disabledReason={reason}
        onClick={() => void run(onChange({ assignedTo: me?.userName ?? null }, 'assigned to you'))}
      >
        Assign to me
      </Button>
      <Menu
        trigger={
          <Button size="small" disabledReason={reason}>
            Status
          </Button>
        }
        entries={[
          item('New', { status: 'active' }, 'set to new'),
          item('In progress', { status: 'inProgress' }, 'set to in progress'),
          '-',
          item('Resolved, with their alerts', { status: 'resolved' }, 'resolved'),
          item('Resolved, alerts left open', { status: 'resolved', resolveAlerts: false }, 'resolved'),
        ]}
      />
      <Menu
        trigger={
          <Button size="small" disabledReason={reason}>
            Classify
          </Button>
        }
        entries={classify}
      />
      <Menu
        trigger={
          <Button size="small" disabledReason={reason}>
            Severity
          </Button>
        }
        entries={[
          item('High', { severity: 'high' }, 'set to high'),
          item('Medium', { severity: 'medium' }, 'set to medium'),
          item('Low', { severity: 'low' }, 'set to low'),
          item('Informational', { severity: 'informational' }, 'set to informational'),
        ]}
      />
      <Button
        size="small"
        disabledReason={reason}
        onClick={() => void run(onChange({ assignedTo: null }, 'unassigned'))}
      >
        Unassign
      </Button>
      <Button
        size="small"
        disabledReason={reason ?? (count < 2 || count > mostMerged ? `Select 2 to ${mostMerged} incidents` : undefined)}
        onClick={onMerge}
      >
        Merge…
      </Button>
      <Button size="small" variant="quiet" className="ml-auto" onClick={onClear}>
        Clear selection
      </Button>
    </section>
  );
}

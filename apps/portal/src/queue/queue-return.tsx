import { useNavigate } from '@tanstack/react-router';
import { ChevronDown, ChevronLeft, ChevronUp } from 'lucide-react';
import { IconButton, Link, useKeys } from '../kit/index.ts';
import { lastList } from './last-list.ts';

/** Back to the list one came from, with its filters, and on to the incident before or after in it. */
export function QueueReturn({ incidentId, tab }: { incidentId: number; tab: string }) {
  const navigate = useNavigate();
  const { search, previous, next } = lastList(incidentId);
  const go = (id: number | undefined) => {
    if (id !== undefined) void navigate({ to: '/incidents/$incidentId/$tab', params: { incidentId: String(id), tab } });
  };
  useKeys('Incident', [
    { key: '[', label: 'Previous incident in the list', run: () => go(previous) },
    { key: ']', label: 'Next incident in the list', run: () => go(next) },
    { key: 'q', label: 'Back to the list', run: () => void navigate({ to: '/incidents', search }) },
  ]);
  return (
    <span className="inline-flex h-8 items-center">
      <Link to="/incidents" search={search} tone="plain" className="inline-flex h-8 items-center gap-1 pr-2 text-n10">
        <ChevronLeft aria-hidden size={15} />
        Queue
      </Link>
      {(previous !== undefined || next !== undefined) && (
        <>
          <IconButton
            size="small"
            icon={ChevronUp}
            label="Previous incident"
            shortcut="["
            disabled={previous === undefined}
            onClick={() => go(previous)}
          />
          <IconButton
            size="small"
            icon={ChevronDown}
            label="Next incident"
            shortcut="]"
            disabled={next === undefined}
            onClick={() => go(next)}
          />
        </>
      )}
    </span>
  );
}

import { useQuery } from '@tanstack/react-query';
import type { RearrangementEntry } from '@throughline/model';
import { useMay } from '../api/session.ts';
import { Button, Link, Timeline } from '../kit/index.ts';
import { journalQuery } from './rearrange-api.ts';
import { entryWords, reasonWords } from './rearrange-words.ts';
import { useRearrange } from './use-rearrange.ts';

/** How an incident came to hold what it holds: every merge, move and separation, and the way back from each. */
export function Composition({ id }: { id: number }) {
  const { data } = useQuery(journalQuery(id));
  const may = useMay('incidents.manage');
  const { undo, busy } = useRearrange();
  const items = data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section aria-label="Composition" className="flex flex-col gap-3">
      <h2 className="text-16 font-semibold">Composition</h2>
      <Timeline
        label="Merges and moves, newest first"
        items={items.map((entry) => ({
          id: String(entry.id),
          time: entry.dateTime,
          title: (
            <>
              <span className="font-medium">{entry.actor.name}</span> {entryWords(entry)}
            </>
          ),
          detail: <EntryDetail entry={entry} all={items} id={id} may={may} busy={busy} onUndo={undo} />,
          tone: entry.actor.kind === 'system' ? ('plain' as const) : ('accent' as const),
        }))}
      />
    </section>
  );
}

function EntryDetail({
  entry,
  all,
  id,
  may,
  busy,
  onUndo,
}: {
  entry: RearrangementEntry;
  all: readonly RearrangementEntry[];
  id: number;
  may: boolean;
  busy: boolean;
  onUndo: (ids: readonly number[]) => Promise<void>;
}) {
  const why = [entry.reason === null ? '' : reasonWords[entry.reason], entry.note].filter((text) => text !== '');
  const undoing = all.find((other) => other.id === entry.undoneBy);
  const others = [...new Set([entry.fromIncidentId, entry.intoIncidentId])].filter((other) => other !== id);
  return (
    <div className="flex flex-col gap-1">
      {why.length > 0 && <p className="whitespace-pre-line wrap-anywhere text-13 text-n12">{why.join('. ')}</p>}
      <p className="flex flex-wrap items-center gap-3">
        {others.map((other) => (
          <Link key={other} to="/incidents/$incidentId/$tab" params={{ incidentId: String(other), tab: 'summary' }}>
            Incident {other}
          </Link>
        ))}
        {entry.undoneBy !== null ? (
          <span className="text-n9">Undone{undoing ? ` by ${undoing.actor.name}` : ''}</span>
        ) : (
          <Button
            size="small"
            busy={busy}
            aria-label={`Undo: ${entryWords(entry)}`}
            disabledReason={may ? undefined : 'It needs the permission incidents.manage'}
            onClick={() => void onUndo([entry.id])}
          >
            Undo
          </Button>
        )}
      </p>
    </div>
  );
}

import { useInfiniteQuery } from '@tanstack/react-query';
import type { ActivityEntry } from '@throughline/model';
import { useState } from 'react';
import { useMay } from '../api/session.ts';
import { termWords } from '../app/words.ts';
import { Button, Chip, EmptyState, ErrorState, SkeletonRows, Timeline, useLate } from '../kit/index.ts';
import { Composition } from '../rearrange/composition.tsx';
import { ActivityComment } from './activity-comment.tsx';
import { CommentBox } from './comment-box.tsx';
import { activityQuery } from './incident-data.ts';

type Origin = 'all' | 'people' | 'system' | 'comments';

const origins: readonly { id: Origin; label: string; keeps: (entry: ActivityEntry) => boolean }[] = [
  { id: 'all', label: 'Everything', keeps: () => true },
  { id: 'comments', label: 'Comments', keeps: (entry) => entry.comment !== null },
  { id: 'people', label: 'People', keeps: (entry) => entry.actor.kind !== 'system' },
  { id: 'system', label: 'Automatic', keeps: (entry) => entry.actor.kind === 'system' },
];

/** Who did what, when, before and after; and the place to say something. */
export function ActivityTab({ id }: { id: number }) {
  const query = useInfiniteQuery(activityQuery(id));
  const late = useLate(query.isPending);
  const may = useMay('incidents.manage');
  const [origin, setOrigin] = useState<Origin>('all');
  if (query.error)
    return (
      <ErrorState title="The activity could not be loaded" error={query.error} onRetry={() => void query.refetch()} />
    );
  if (!query.data) return late ? <SkeletonRows rows={8} label="Loading activity" /> : null;
  const keeps = origins.find((each) => each.id === origin)?.keeps ?? (() => true);
  const entries = query.data.pages.flatMap((page) => page.items).filter(keeps);
  return (
    <div className="h-full overflow-y-auto">
      <div className="flex max-w-200 flex-col gap-4 p-4">
        <Composition id={id} />
        {may && <CommentBox id={id} />}
        <fieldset aria-label="Show" className="flex flex-wrap gap-2">
          {origins.map((each) => (
            <Chip key={each.id} label={each.label} pressed={each.id === origin} onClick={() => setOrigin(each.id)} />
          ))}
        </fieldset>
        {entries.length === 0 ? (
          <EmptyState title="Nothing of this kind yet" />
        ) : (
          <Timeline label="Activity, newest first" items={entries.map((entry) => item(entry, id))} />
        )}
        {query.hasNextPage && (
          <div>
            <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              Show earlier activity
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}

function item(entry: ActivityEntry, id: number) {
  const origin = entry.incidentId === id ? '' : ` · from incident ${entry.incidentId}`;
  const isAutomatic = entry.actor.kind === 'system';
  return {
    id: String(entry.id),
    time: entry.at,
    title: (
      <>
        <span className="font-medium">{isAutomatic ? sentence(entry.actor.name) : entry.actor.name}</span>
        <span className="text-n9">
          {entry.actor.kind === 'token' && ' by API token'}
          {origin}
        </span>
      </>
    ),
    detail: entry.comment ? (
      <ActivityComment entry={entry} />
    ) : (
      <>
        <p className="text-13 text-n12">{sentence(entry.summary)}</p>
        {!isAutomatic && <p>{changes(entry)}</p>}
      </>
    ),
    tone: isAutomatic ? ('plain' as const) : ('accent' as const),
  };
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** "Severity: low → high", the changed fields of one entry. What was nothing before is told by its sentence. */
function changes({ before, after }: ActivityEntry): string {
  const fields = Object.keys(before);
  return fields.map((field) => `${termWords(field)}: ${text(before[field])} → ${text(after[field])}`).join(' · ');
}

function text(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'nothing' : value.map(String).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

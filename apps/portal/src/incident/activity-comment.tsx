import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ActivityEntry } from '@throughline/model';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { useMe } from '../api/session.ts';
import { Button, TextAreaField, Time, useToast } from '../kit/index.ts';
import { refreshIncident } from './incident-data.ts';

/** A comment as it reads now; its author may change it, and every earlier version stays readable. */
export function ActivityComment({ entry }: { entry: ActivityEntry }) {
  const me = useMe();
  const [mode, setMode] = useState<'read' | 'edit' | 'versions'>('read');
  const { comment } = entry;
  if (!comment) return null;
  return (
    <div className="mt-1 flex flex-col gap-1 rounded-md bg-n2 px-3 py-2 text-13 text-n12">
      {mode === 'edit' ? (
        <EditComment entry={entry} onDone={() => setMode('read')} />
      ) : (
        <p className="whitespace-pre-line wrap-anywhere">{comment.text}</p>
      )}
      {mode === 'versions' && <Versions id={comment.id} />}
      {mode !== 'edit' && (
        <p className="flex gap-1">
          {entry.actor.name === me?.userName && (
            <Button size="small" variant="quiet" onClick={() => setMode('edit')}>
              Edit
            </Button>
          )}
          {comment.editedDateTime && (
            <Button size="small" variant="quiet" onClick={() => setMode(mode === 'versions' ? 'read' : 'versions')}>
              {mode === 'versions' ? 'Hide versions' : `Edited, ${comment.versions} versions`}
            </Button>
          )}
        </p>
      )}
    </div>
  );
}

function EditComment({ entry, onDone }: { entry: ActivityEntry; onDone: () => void }) {
  const client = useQueryClient();
  const toast = useToast();
  const [text, setText] = useState(entry.comment?.text ?? '');
  const save = useMutation({
    mutationFn: () => api(`/comments/${entry.comment?.id}`, { method: 'PATCH', body: { comment: text } }),
    onSuccess: async () => {
      await refreshIncident(client, entry.incidentId);
      onDone();
    },
    onError: (error) => toast({ message: error.message, tone: 'failed' }),
  });
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <TextAreaField
        label="Comment"
        labelHidden
        value={text}
        maxLength={30_000}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="flex gap-2">
        <Button
          type="submit"
          size="small"
          variant="primary"
          busy={save.isPending}
          disabledReason={text.trim() === '' ? 'A comment needs a word' : undefined}
        >
          Save
        </Button>
        <Button size="small" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

function Versions({ id }: { id: number }) {
  const { data } = useQuery({
    queryKey: ['comment', id, 'versions'],
    queryFn: ({ signal }) => api<{ text: string; at: string; by: string }[]>(`/comments/${id}/versions`, { signal }),
  });
  return (
    <ol aria-label="Versions" className="flex flex-col gap-1 text-12 text-n10">
      {data?.map((version) => (
        <li key={version.at} className="wrap-anywhere">
          <Time value={version.at} form="short" /> {version.by}: {version.text}
        </li>
      ))}
    </ol>
  );
}

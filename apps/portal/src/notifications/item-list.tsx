import type { UseQueryResult } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button, EmptyState, ErrorState, SkeletonRows, useLate } from '../kit/index.ts';
import { DeleteDialog } from './delete-dialog.tsx';

export interface ItemListProps<T extends { id: number }> {
  /** "policy", "schedule", "digest". */
  what: string;
  query: UseQueryResult<T[]>;
  empty: { title: string; words: string };
  nameOf: (item: T) => string;
  /** What stands under the name. */
  children: (item: T) => ReactNode;
  dialog: (item: T | undefined, onClose: () => void) => ReactNode;
  remove: (id: number) => Promise<unknown>;
  /** What goes with it, what stays. */
  removal: string;
}

/** A short list of things that are set up by hand: each with its facts, to edit and to delete. */
export function ItemList<T extends { id: number }>(props: ItemListProps<T>) {
  const { what, query, empty, nameOf, children, dialog, remove, removal } = props;
  const [editing, setEditing] = useState<T | 'new'>();
  const [deleting, setDeleting] = useState<T>();
  const late = useLate(query.isPending);
  const add = (
    <Button variant="primary" icon={Plus} onClick={() => setEditing('new')}>
      Add a {what}
    </Button>
  );
  const items = query.data ?? [];
  return (
    <div className="flex flex-col pb-6">
      {items.length > 0 && <div className="flex justify-end px-4 py-2">{add}</div>}
      {query.isError ? (
        <ErrorState title="The list could not be loaded" error={query.error} onRetry={() => void query.refetch()} />
      ) : query.isPending ? (
        late && <SkeletonRows rows={3} />
      ) : items.length === 0 ? (
        <EmptyState title={empty.title} action={add}>
          {empty.words}
        </EmptyState>
      ) : (
        <ul className="hairline divide-y divide-n4 border-t">
          {items.map((item) => (
            <li key={item.id} className="flex flex-wrap items-start gap-x-4 gap-y-1 px-4 py-3">
              <div className="min-w-0 flex-1 basis-64">
                <h2 className="font-semibold wrap-anywhere">{nameOf(item)}</h2>
                {children(item)}
              </div>
              <span className="flex">
                <Button
                  size="small"
                  variant="quiet"
                  aria-label={`Edit ${nameOf(item)}`}
                  onClick={() => setEditing(item)}
                >
                  Edit
                </Button>
                <Button
                  size="small"
                  variant="quiet"
                  aria-label={`Delete ${nameOf(item)}`}
                  onClick={() => setDeleting(item)}
                >
                  Delete
                </Button>
              </span>
            </li>
          ))}
        </ul>
      )}
      {editing !== undefined && dialog(editing === 'new' ? undefined : editing, () => setEditing(undefined))}
      {deleting && (
        <DeleteDialog
          what={what}
          name={nameOf(deleting)}
          remove={() => remove(deleting.id)}
          onClose={() => setDeleting(undefined)}
        >
          {removal}
        </DeleteDialog>
      )}
    </div>
  );
}

import { useMutation, useQuery } from '@tanstack/react-query';
import type { Webhook } from '@throughline/model';
import { Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import {
  Button,
  type Column,
  EmptyState,
  ErrorState,
  SkeletonRows,
  Table,
  Time,
  useLate,
  useToast,
} from '../kit/index.ts';
import { DeleteDialog } from './delete-dialog.tsx';
import { deleteWebhook, testWebhook, webhooksQuery } from './notifications-api.ts';
import { WebhookDialog } from './webhook-dialog.tsx';

const formatWords = { throughline: 'JSON', slack: 'Slack', teams: 'Teams' } as const;
const rowKey = (hook: Webhook) => String(hook.id);

/** Addresses that are called: with JSON of ours, signed, or as chats take it. */
export function WebhooksTab() {
  const hooks = useQuery(webhooksQuery);
  const late = useLate(hooks.isPending);
  const [editing, setEditing] = useState<Webhook | 'new'>();
  const [deleting, setDeleting] = useState<Webhook>();
  const columns = useMemo(() => webhookColumns(setEditing, setDeleting), []);
  const create = (
    <Button variant="primary" icon={Plus} onClick={() => setEditing('new')}>
      Add a webhook
    </Button>
  );
  return (
    <div className="flex flex-col">
      {(hooks.data?.length ?? 0) > 0 && <div className="flex justify-end px-4 py-2">{create}</div>}
      <div className={(hooks.data?.length ?? 0) > 0 ? 'hairline border-t' : ''}>
        {hooks.isError ? (
          <ErrorState
            title="The webhooks could not be loaded"
            error={hooks.error}
            onRetry={() => void hooks.refetch()}
          />
        ) : hooks.isPending ? (
          late && <SkeletonRows rows={3} />
        ) : hooks.data.length === 0 ? (
          <EmptyState title="No webhooks yet" action={create}>
            A webhook takes messages to a chat, a ticket system or a script of yours, as signed JSON.
          </EmptyState>
        ) : (
          <Table label="Webhooks" columns={columns} rows={hooks.data} rowKey={rowKey} flow />
        )}
      </div>
      {editing !== undefined && (
        <WebhookDialog {...(editing === 'new' ? {} : { hook: editing })} onClose={() => setEditing(undefined)} />
      )}
      {deleting && (
        <DeleteDialog
          what="webhook"
          name={deleting.name}
          remove={() => deleteWebhook(deleting.id)}
          onClose={() => setDeleting(undefined)}
        >
          Its secret is wiped. Rules that name it keep it from being deleted.
        </DeleteDialog>
      )}
    </div>
  );
}

function webhookColumns(onEdit: (hook: Webhook) => void, onDelete: (hook: Webhook) => void): Column<Webhook>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      width: 'minmax(96px, 200px)',
      cell: (hook) => <span className="block truncate font-medium">{hook.name}</span>,
    },
    {
      id: 'url',
      header: 'Address',
      width: 'minmax(140px, 1fr)',
      from: 560,
      cell: (hook) => (
        <span className="block truncate text-n10" title={hook.url}>
          {hook.url}
        </span>
      ),
    },
    { id: 'format', header: 'Format', width: '96px', from: 680, cell: (hook) => formatWords[hook.format] },
    {
      id: 'created',
      header: 'Created',
      width: '88px',
      from: 760,
      cell: (hook) => <Time value={hook.createdDateTime} form="ago" />,
    },
    {
      id: 'actions',
      header: 'Actions',
      headerHidden: true,
      width: '190px',
      align: 'end',
      cell: (hook) => (
        <span className="flex justify-end">
          <TestButton hook={hook} />
          <Button size="small" variant="quiet" aria-label={`Edit ${hook.name}`} onClick={() => onEdit(hook)}>
            Edit
          </Button>
          <Button size="small" variant="quiet" aria-label={`Delete ${hook.name}`} onClick={() => onDelete(hook)}>
            Delete
          </Button>
        </span>
      ),
    },
  ];
}

function TestButton({ hook }: { hook: Webhook }) {
  const toast = useToast();
  const test = useMutation({
    mutationFn: () => testWebhook(hook.id),
    onSuccess: ({ results: [result] }) =>
      toast({ tone: result?.accepted ? 'ok' : 'failed', message: `${hook.name}: ${result?.detail ?? ''}` }),
    onError: (error) => toast({ tone: 'failed', message: `Not called: ${error.message}` }),
  });
  return (
    <Button
      size="small"
      variant="quiet"
      aria-label={`Test ${hook.name}`}
      busy={test.isPending}
      onClick={() => test.mutate()}
    >
      Test
    </Button>
  );
}

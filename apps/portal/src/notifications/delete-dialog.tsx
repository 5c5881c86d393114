import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { FormDialog, useToast } from '../kit/index.ts';
import { notificationsKey } from './notifications-api.ts';

export interface DeleteDialogProps {
  /** "rule", "webhook". */
  what: string;
  name: string;
  remove: () => Promise<unknown>;
  onClose: () => void;
  /** What goes with it, what stays. */
  children: ReactNode;
}

/** Asks before something of the notifications is deleted for good. */
export function DeleteDialog({ what, name, remove, onClose, children }: DeleteDialogProps) {
  const client = useQueryClient();
  const toast = useToast();
  const run = useMutation({
    mutationFn: remove,
    onSuccess: async () => {
      onClose();
      toast({ message: `${what.charAt(0).toUpperCase()}${what.slice(1)} ${name} deleted` });
      await client.invalidateQueries({ queryKey: notificationsKey });
    },
  });
  return (
    <FormDialog
      title={`Delete ${name}?`}
      submit={`Delete the ${what}`}
      danger
      busy={run.isPending}
      error={run.error}
      onClose={onClose}
      onSubmit={() => run.mutate()}
    >
      <p>{children}</p>
    </FormDialog>
  );
}

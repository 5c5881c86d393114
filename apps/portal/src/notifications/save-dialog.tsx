import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { FormDialog, useToast } from '../kit/index.ts';
import { notificationsKey } from './notifications-api.ts';

export interface SaveDialogProps {
  title: string;
  save: () => Promise<unknown>;
  /** What is told when it is saved. */
  saved: string;
  /** What is still lacking, in words for the button. */
  missing: string | undefined;
  onClose: () => void;
  children: ReactNode;
}

/** A form that saves one thing of the notifications, and says what the server had against it. */
export function SaveDialog({ title, save, saved, missing, onClose, children }: SaveDialogProps) {
  const client = useQueryClient();
  const toast = useToast();
  const run = useMutation({
    mutationFn: save,
    onSuccess: async () => {
      onClose();
      toast({ message: saved });
      await client.invalidateQueries({ queryKey: notificationsKey });
    },
  });
  return (
    <FormDialog
      title={title}
      width="wide"
      missing={missing}
      busy={run.isPending}
      error={run.error}
      onClose={onClose}
      onSubmit={() => run.mutate()}
    >
      {children}
    </FormDialog>
  );
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { accessKey } from '../access/access-api.ts';
import { FormDialog, useToast } from '../kit/index.ts';

export interface ConfirmDialogProps {
  /** A question. */
  title: string;
  /** What the button says. */
  action: string;
  /** What is said when it is done. */
  done: string;
  run: () => Promise<unknown>;
  onClose: () => void;
  /** Runs when it is done, before the dialog closes. */
  onDone?: () => void;
  disabledReason?: string | undefined;
  /** What goes with it, what stays. */
  children: ReactNode;
}

/** Asks before something ends for good. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, action, done, run, onClose, onDone, disabledReason, children } = props;
  const client = useQueryClient();
  const toast = useToast();
  const work = useMutation({
    mutationFn: run,
    onSuccess: async () => {
      onDone?.();
      onClose();
      toast({ message: done });
      await client.invalidateQueries({ queryKey: accessKey });
    },
  });
  return (
    <FormDialog
      title={title}
      submit={action}
      danger
      missing={disabledReason}
      busy={work.isPending}
      error={work.error}
      onClose={onClose}
      onSubmit={() => work.mutate()}
    >
      {children}
    </FormDialog>
  );
}

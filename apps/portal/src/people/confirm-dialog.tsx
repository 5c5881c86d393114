import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { accessKey } from '../access/access-api.ts';
import { Banner, Button, Dialog, useToast } from '../kit/index.ts';

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
    <Dialog
      open
      onClose={onClose}
      title={title}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="danger" busy={work.isPending} disabledReason={disabledReason} onClick={() => work.mutate()}>
            {action}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {work.isError && <Banner tone="failed">{work.error.message}</Banner>}
        {children}
      </div>
    </Dialog>
  );
}

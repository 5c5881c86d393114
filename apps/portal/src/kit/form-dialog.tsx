import type { ReactNode } from 'react';
import { Banner } from './banner.tsx';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';

export interface FormDialogProps {
  title: string;
  onClose: () => void;
  onSubmit: () => void;
  children: ReactNode;
  /** What submitting is called; "Save" when left out. */
  submit?: string;
  /** Why it cannot be submitted yet. */
  missing?: string | undefined;
  busy?: boolean;
  /** Why the last try failed. */
  error?: Error | null;
  /** Buttons before Cancel. */
  extra?: ReactNode;
  /** Submitting cannot be undone. */
  danger?: boolean;
  width?: 'narrow' | 'wide';
}

/** A dialog that is filled in and sent: why the last try failed above, Cancel and the one action below. */
export function FormDialog({
  title,
  onClose,
  onSubmit,
  children,
  submit = 'Save',
  missing,
  busy = false,
  error = null,
  extra,
  danger = false,
  width = 'narrow',
}: FormDialogProps) {
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      width={width}
      onSubmit={() => missing === undefined && !busy && onSubmit()}
      footer={
        <>
          {extra}
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button variant={danger ? 'danger' : 'primary'} type="submit" busy={busy} disabledReason={missing}>
            {submit}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {error !== null && <Banner tone="failed">{error.message}</Banner>}
        {children}
      </div>
    </Dialog>
  );
}

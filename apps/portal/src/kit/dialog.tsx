import { clsx } from 'clsx';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect, useId, useState } from 'react';
import { FloatContainer } from './float-container.ts';
import { IconButton } from './icon-button.tsx';

export interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  /** The buttons, primary last. */
  footer?: ReactNode;
  /** Given, the dialog is a form and this runs on submit. */
  onSubmit?: () => void;
  width?: 'narrow' | 'wide';
}

const fillable = 'input:not([hidden], [readonly]), select, textarea';

/** The browser's own modal dialog: traps and returns the focus, closes on Escape. */
export function Dialog({ open, onClose, title, children, footer, onSubmit, width = 'narrow' }: DialogProps) {
  const [dialog, setDialog] = useState<HTMLDialogElement | null>(null);
  const titleId = useId();
  useEffect(() => {
    if (!dialog) return;
    const before = document.activeElement;
    dialog.showModal();
    // The first thing to fill in, not the close button; without one the dialog itself, so that it is read out.
    (dialog.querySelector<HTMLElement>(fillable) ?? dialog).focus();
    return () => {
      dialog.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [dialog]);
  if (!open) return null;
  const body = (
    <>
      <header className="flex items-center gap-2 px-4 pt-3 pb-2">
        <h2 id={titleId} className="flex-1 text-16 font-semibold">
          {title}
        </h2>
        <IconButton label="Close" icon={X} size="small" onClick={onClose} />
      </header>
      <div className="min-h-0 overflow-y-auto px-4 pb-4">{children}</div>
      {footer !== undefined && <footer className="hairline flex justify-end gap-2 border-t px-4 py-3">{footer}</footer>}
    </>
  );
  const layout = 'flex max-h-[calc(100dvh-64px)] flex-col';
  return (
    <dialog
      ref={setDialog}
      tabIndex={-1}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onKeyDown={(event) => event.stopPropagation()}
      className={clsx(
        'm-auto w-[calc(100vw-32px)] rounded-md border border-n6 bg-raised p-0 text-n12 shadow-lift outline-none! backdrop:bg-scrim',
        width === 'narrow' ? 'max-w-110' : 'max-w-180',
      )}
    >
      <FloatContainer value={dialog}>
        {onSubmit ? (
          <form
            className={layout}
            onSubmit={(event) => {
              event.preventDefault();
              onSubmit();
            }}
          >
            {body}
          </form>
        ) : (
          <div className={layout}>{body}</div>
        )}
      </FloatContainer>
    </dialog>
  );
}

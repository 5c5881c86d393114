import { clsx } from 'clsx';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { IconButton } from './icon-button.tsx';
import { ScrollRegion } from './scroll-region.tsx';

export interface SidePanelProps {
  title: ReactNode;
  /** The accessible name. */
  label: string;
  onClose: () => void;
  /** Buttons beside the close button, such as previous and next. */
  actions?: ReactNode;
  footer?: ReactNode;
  width?: 'medium' | 'wide';
  children: ReactNode;
}

/**
 * Stands beside the page, never over what was being read (below 1024 px it takes the whole view). Not modal: the list
 * stays alive. Escape closes it; the focus goes back to where it was when it opened.
 */
export function SidePanel({ title, label, onClose, actions, footer, width = 'medium', children }: SidePanelProps) {
  const panel = useRef<HTMLElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const before = document.activeElement;
    const node = panel.current;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      close.current();
    };
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
      const lost = document.activeElement === document.body || node?.contains(document.activeElement);
      if (lost && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <aside
      ref={panel}
      aria-label={label}
      className={clsx(
        'hairline fixed inset-0 z-30 flex min-h-0 flex-col bg-n1 lg:static lg:z-auto lg:shrink-0 lg:border-l',
        width === 'medium' ? 'lg:w-105' : 'lg:w-140',
      )}
    >
      <header className="hairline flex min-h-12 items-center gap-1 border-b py-1.5 pr-2 pl-4">
        <div className="min-w-0 flex-1 text-16 font-semibold">{title}</div>
        {actions}
        <IconButton label="Close panel" shortcut="Esc" icon={X} onClick={onClose} />
      </header>
      <ScrollRegion label={`${label}, content`} className="min-h-0 flex-1 overflow-y-auto -outline-offset-2!">
        {children}
      </ScrollRegion>
      {footer !== undefined && <footer className="hairline flex gap-2 border-t px-4 py-3">{footer}</footer>}
    </aside>
  );
}

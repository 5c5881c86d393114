import { clsx } from 'clsx';
import { Check, CircleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { createContext, useCallback, useContext, useMemo, useRef, useState } from 'react';
import { Button } from './button.tsx';
import { IconButton } from './icon-button.tsx';

export interface ToastRequest {
  message: string;
  tone?: 'ok' | 'failed';
  /** Takes the change back; the toast stays eight seconds, or as long as it is hovered or focused. */
  undo?: () => void;
}

type Toast = ToastRequest & { id: number };

const ToastContext = createContext<(request: ToastRequest) => void>(() => {});

/** Returns the function that shows a toast. */
export function useToast(): (request: ToastRequest) => void {
  return useContext(ToastContext);
}

const lifeMs = 8_000;

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<Toast[]>([]);
  const timers = useRef(new Map<number, ReturnType<typeof setTimeout>>());
  const next = useRef(1);

  const dismiss = useCallback((id: number) => {
    clearTimeout(timers.current.get(id));
    timers.current.delete(id);
    setToasts((now) => now.filter((toast) => toast.id !== id));
  }, []);
  const start = useCallback(
    (id: number) =>
      void timers.current.set(
        id,
        setTimeout(() => dismiss(id), lifeMs),
      ),
    [dismiss],
  );
  const hold = useCallback((id: number) => clearTimeout(timers.current.get(id)), []);
  const show = useCallback(
    (request: ToastRequest) => {
      const id = next.current++;
      setToasts((now) => [...now.slice(-2), { ...request, id }]);
      start(id);
    },
    [start],
  );

  return (
    <ToastContext.Provider value={show}>
      {children}
      <section
        aria-label="Notifications"
        aria-live="polite"
        className="pointer-events-none fixed bottom-4 left-1/2 z-50 flex w-max max-w-[calc(100vw-32px)] -translate-x-1/2 flex-col gap-2"
      >
        {toasts.map((toast) => (
          <ToastCard
            key={toast.id}
            toast={toast}
            onDismiss={() => dismiss(toast.id)}
            onHold={() => hold(toast.id)}
            onRelease={() => start(toast.id)}
          />
        ))}
      </section>
    </ToastContext.Provider>
  );
}

interface ToastCardProps {
  toast: ToastRequest;
  onDismiss: () => void;
  onHold?: () => void;
  onRelease?: () => void;
}

export function ToastCard({ toast, onDismiss, onHold, onRelease }: ToastCardProps) {
  const failed = toast.tone === 'failed';
  const Icon = failed ? CircleAlert : Check;
  const inner = useMemo(
    () => <Icon aria-hidden size={16} className={failed ? 'text-high' : 'text-ok'} />,
    [Icon, failed],
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hovering only holds the timer; everything pressable is a button
    <div
      onMouseEnter={onHold}
      onMouseLeave={onRelease}
      onFocus={onHold}
      onBlur={onRelease}
      className={clsx(
        'pointer-events-auto flex items-center gap-2 rounded-md border bg-raised py-1.5 pr-1.5 pl-3 text-n12 shadow-lift',
        failed ? 'border-high-fill' : 'border-n6',
      )}
    >
      {inner}
      <span className="min-w-0 pr-2">{toast.message}</span>
      {toast.undo && (
        <Button
          size="small"
          onClick={() => {
            toast.undo?.();
            onDismiss();
          }}
        >
          Undo
        </Button>
      )}
      <IconButton label="Dismiss" icon={X} size="small" onClick={onDismiss} />
    </div>
  );
}

import { RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { CopyButton } from './copy-button.tsx';
import { EmptyState, NoPermission } from './empty-state.tsx';

export interface ErrorStateProps {
  /** What could not be done, e.g. "The incidents could not be loaded". */
  title: string;
  error: unknown;
  onRetry?: () => void;
  /** Another way out, where trying again would not help. */
  action?: ReactNode;
}

interface Explained {
  message: string;
  requestId?: string | undefined;
  permission?: string | undefined;
}

/** Says what failed and offers a retry; the request id is there to be quoted. A missing permission is named instead. */
export function ErrorState({ title, error, onRetry, action }: ErrorStateProps) {
  const { message, requestId, permission } = explain(error);
  if (permission !== undefined) return <NoPermission permission={permission} />;
  return (
    <div role="alert">
      <EmptyState
        title={title}
        action={
          <div className="flex flex-col items-center gap-3">
            {action}
            {onRetry && (
              <Button icon={RotateCw} onClick={onRetry}>
                Try again
              </Button>
            )}
            {requestId !== undefined && (
              <span className="flex items-center gap-1 text-12 text-n9">
                Request <code>{requestId}</code>
                <CopyButton text={requestId} label="Copy the request id" />
              </span>
            )}
          </div>
        }
      >
        {message}
      </EmptyState>
    </div>
  );
}

function explain(error: unknown): Explained {
  if (!(error instanceof Error)) return { message: 'Something unexpected happened. Nothing was changed.' };
  const { requestId, permission } = error as Error & Partial<Explained>;
  return { message: error.message, requestId, permission };
}

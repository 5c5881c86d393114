import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { EmptyState, ErrorState, LinkButton, SkeletonRows } from '../kit/index.ts';

/** What a page looks like while its code or its first data is on the way. */
export function PagePending() {
  return (
    <div className="h-full overflow-hidden">
      <SkeletonRows rows={16} label="Loading the page" />
    </div>
  );
}

export function PageError({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  return (
    <main className="h-full overflow-auto">
      <ErrorState
        title="This page could not be shown"
        error={error}
        onRetry={() => {
          reset();
          void router.invalidate();
        }}
      />
    </main>
  );
}

export function NotFound() {
  return (
    <main className="h-full overflow-auto">
      <EmptyState title="There is no such page" action={<LinkButton to="/incidents">Go to the incidents</LinkButton>}>
        The address leads nowhere in this portal.
      </EmptyState>
    </main>
  );
}

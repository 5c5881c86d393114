import { Button } from '../kit/index.ts';
import type { QueueState } from './queue-state.ts';

interface BackgroundLineProps {
  kind: QueueState['kind'];
  total: number;
  loading: boolean;
  /** The next rows did not come. */
  failed: boolean;
  onMore: () => void;
  onKind: (kind: QueueState['kind']) => void;
}

/** The foot of the queue: expected noise, folded behind one line. */
export function BackgroundLine({ kind, total, loading, failed, onMore, onKind }: BackgroundLineProps) {
  if (failed) {
    return (
      <p className="flex h-10 items-center gap-2 px-4 text-n10">
        The next rows could not be loaded.
        <Button size="small" onClick={onMore}>
          Try again
        </Button>
      </p>
    );
  }
  if (loading) return <p className="px-4 py-2 text-n9">Loading more…</p>;
  if (kind === 'incident' && total === 0) return null;
  return (
    <p className="flex h-10 items-center gap-2 px-4 text-n9">
      {kind === 'incident' ? (
        <>
          {total.toLocaleString('en')} background {total === 1 ? 'group' : 'groups'} of expected noise
          <Button size="small" variant="quiet" onClick={() => onKind('background')}>
            Show
          </Button>
        </>
      ) : (
        <>
          {kind === 'background' ? 'These are background groups: expected noise.' : 'Background groups are included.'}
          <Button size="small" variant="quiet" onClick={() => onKind('incident')}>
            Back to incidents
          </Button>
        </>
      )}
    </p>
  );
}

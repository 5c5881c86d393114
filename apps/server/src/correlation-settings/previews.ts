import { randomUUID } from 'node:crypto';
import type { CorrelationChoices, CorrelationPreview } from '@throughline/model';
import type { Db } from '@throughline/store';
import type { Logger } from 'pino';
import { ApiError } from '../http/api-error.ts';
import { type PreviewLimits, previewChoices } from './preview.ts';

/** The previews of this server. They are kept in memory: another server does not know them. */
export type Previews = {
  /**
   * Begins one; an earlier one of the same person is cancelled.
   * @throws ApiError 409 while a preview of somebody else runs.
   */
  start(options: {
    tenantId: string;
    by: string;
    before: CorrelationChoices;
    after: CorrelationChoices;
  }): CorrelationPreview;
  /** How far one is; undefined when it is unknown or of another tenant. */
  get(tenantId: string, id: string): CorrelationPreview | undefined;
  /** Ends one, when it runs. Returns undefined as `get` does. */
  cancel(tenantId: string, id: string): CorrelationPreview | undefined;
  stop(): Promise<void>;
};

type Running = {
  tenantId: string;
  by: string;
  preview: CorrelationPreview;
  abort: AbortController;
  ended: Promise<void>;
};

/** Finished previews kept to be read. */
const mostKept = 20;
export const previewLimits: PreviewLimits = { days: 30, alerts: 50_000, ms: 60_000 };

/** Runs previews, one at a time for each tenant. */
export function startPreviews(options: {
  db: Db;
  log: Pick<Logger, 'error'>;
  clock: () => Date;
  limits?: PreviewLimits;
}): Previews {
  const { db, log, clock, limits = previewLimits } = options;
  const all = new Map<string, Running>();
  const find = (tenantId: string, id: string) => {
    const running = all.get(id);
    return running?.tenantId === tenantId ? running : undefined;
  };
  const cancel = (running: Running) => {
    if (running.preview.state !== 'running') return;
    running.preview = { ...running.preview, state: 'cancelled' };
    running.abort.abort(new Error('cancelled'));
  };
  return {
    start({ tenantId, by, before, after }) {
      for (const other of all.values()) {
        if (other.tenantId !== tenantId || other.preview.state !== 'running') continue;
        if (other.by !== by) {
          const message = `${other.by} looks at a preview right now. Try again in a minute.`;
          throw new ApiError(409, 'previewRunning', message, { retryAfterSeconds: 60 });
        }
        cancel(other);
      }
      const abort = new AbortController();
      const id = randomUUID();
      const preview = { id, state: 'running', done: 0, total: 0, message: null, comparison: null } as const;
      const running: Running = { tenantId, by, preview, abort, ended: Promise.resolve() };
      all.set(id, running);
      for (const [old, { preview: finished }] of all) {
        if (all.size <= mostKept) break;
        if (finished.state !== 'running') all.delete(old);
      }
      const settle = (change: Partial<CorrelationPreview>) => {
        if (running.preview.state === 'running') running.preview = { ...running.preview, ...change };
      };
      running.ended = previewChoices({
        db,
        tenantId,
        before,
        after,
        now: clock(),
        limits,
        signal: abort.signal,
        onProgress: (done, total) => settle({ done, total }),
      }).then(
        (comparison) => settle({ state: 'done', comparison }),
        (error: Error) => {
          if (running.preview.state !== 'running') return;
          log.error(`a preview of correlation settings failed: ${error.stack}`);
          settle({ state: 'failed', message: 'The preview failed; the server log says why. Nothing was changed.' });
        },
      );
      return running.preview;
    },
    get: (tenantId, id) => find(tenantId, id)?.preview,
    cancel(tenantId, id) {
      const running = find(tenantId, id);
      if (running) cancel(running);
      return running?.preview;
    },
    async stop() {
      for (const running of all.values()) cancel(running);
      await Promise.all([...all.values()].map(({ ended }) => ended));
    },
  };
}

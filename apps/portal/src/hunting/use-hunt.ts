import type { HuntBody, HuntColumn, HuntErrorClass, HuntLimits, HuntProgress, HuntRender } from '@throughline/model';
import { useCallback, useEffect, useRef, useState } from 'react';
import { runHunt } from '../api/hunting.ts';

export type HuntRow = readonly unknown[];

export interface HuntFailure {
  readonly class: HuntErrorClass | 'refused';
  readonly message: string;
  readonly position?: number;
}

/** A hunt as it stands: what it asked, what came so far, and how it ended. */
export interface Hunt {
  readonly state: 'running' | 'done' | 'failed' | 'cancelled';
  readonly query: string;
  readonly limits?: HuntLimits;
  readonly columns: readonly HuntColumn[];
  readonly render?: HuntRender;
  readonly rows: readonly HuntRow[];
  readonly progress?: HuntProgress;
  readonly compileMs?: number;
  /** More rows matched than the limit lets through. */
  readonly cut: boolean;
  readonly failure?: HuntFailure;
}

/** Runs one hunt at a time; a new one cancels the one before. Rows are shown in batches, at most ten times a second. */
export function useHunt(onEnd: () => void): { hunt: Hunt | undefined; run(body: HuntBody): void; cancel(): void } {
  const [hunt, setHunt] = useState<Hunt>();
  const running = useRef<AbortController>(undefined);
  const ended = useRef(onEnd);
  ended.current = onEnd;
  useEffect(() => () => running.current?.abort(), []);

  const run = useCallback((body: HuntBody) => {
    running.current?.abort();
    const control = new AbortController();
    running.current = control;
    let now: Hunt = { state: 'running', query: body.query, columns: [], rows: [], cut: false };
    let rows: HuntRow[] = [];
    let due: ReturnType<typeof setTimeout> | undefined;
    const show = () => {
      clearTimeout(due);
      due = undefined;
      if (running.current === control) setHunt({ ...now, rows: rows.slice() });
    };
    const later = () => {
      due ??= setTimeout(show, 100);
    };
    show();
    runHunt(body, control.signal, (message) => {
      switch (message.kind) {
        case 'start':
          now = { ...now, limits: message.limits };
          break;
        case 'columns':
          now = { ...now, columns: message.columns, ...(message.render && { render: message.render }) };
          break;
        case 'rows':
          rows = rows.concat(message.rows);
          break;
        case 'progress':
          now = { ...now, progress: message };
          break;
        case 'done':
          now = { ...now, state: 'done', progress: message, compileMs: message.compileMs, cut: message.cut };
          break;
        case 'error':
          now = {
            ...now,
            state: message.error.class === 'cancelled' ? 'cancelled' : 'failed',
            failure: message.error,
          };
      }
      later();
    })
      .catch((error: unknown) => {
        now = control.signal.aborted
          ? { ...now, state: 'cancelled' }
          : {
              ...now,
              state: 'failed',
              failure: { class: 'refused', message: error instanceof Error ? error.message : String(error) },
            };
      })
      .finally(() => {
        show();
        ended.current();
      });
  }, []);

  const cancel = useCallback(() => running.current?.abort(), []);
  return { hunt, run, cancel };
}

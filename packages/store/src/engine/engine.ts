/** Where an engine's life and complaints are written; a pino logger or `console` fits. */
export interface EngineLog {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** How an engine process ended: its exit code, or the signal that ended it. */
export interface EngineExit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** An engine process that is up and answers. */
export interface RunningEngine {
  /** Process id of the engine itself (the postmaster; the child that holds ClickHouse). */
  readonly pid: number;
  /** Ends the engine in order; resolves once the process is gone. Never rejects; a second call awaits the first. */
  stop(): Promise<void>;
  /** Calls `listener` once when the process has ended, whether asked to or not. */
  onExit(listener: (exit: EngineExit) => void): void;
}

/** An engine that could not be started, with the reason and what to do about it. */
export class EngineStartError extends Error {
  override readonly name = 'EngineStartError';
}

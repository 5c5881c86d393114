/** Where progress is written: standard error or output, or anything with these two members. */
export interface ProgressOutput {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
}

/** A step that has begun. */
export interface ProgressStep {
  /** Writes the step's line with the time it took. `label` replaces that of the beginning. */
  done(label?: string): void;
  failed(): void;
}

/** One line a step: `✓ PostgreSQL ready 0.8 s`. */
export interface Progress {
  begin(label: string): ProgressStep;
  /** Writes a line as it is. */
  say(line: string): void;
}

/**
 * Creates the progress display of a start. On a terminal the steps that run are shown in the last line and colours are
 * used; anywhere else only finished steps are written, plainly. Steps may run side by side.
 *
 * @param now current time in ms.
 */
export function createProgress(output: ProgressOutput, now: () => number = Date.now): Progress {
  const running = new Set<string>();
  const lively = output.isTTY === true;
  const paint = (code: number, text: string) => (lively ? `\x1b[${code}m${text}\x1b[0m` : text);
  const writeLine = (line: string) => {
    output.write(lively ? `\r\x1b[K${line}\n` : `${line}\n`);
    showRunning();
  };
  const showRunning = () => {
    if (lively && running.size > 0) output.write(`\r\x1b[K${paint(2, `… ${[...running].join(', ')}`)}`);
  };
  return {
    begin(label) {
      const began = now();
      running.add(label);
      showRunning();
      const end = (mark: string, text: string) => {
        if (!running.delete(label)) return;
        writeLine(`${mark} ${text} ${paint(2, `${((now() - began) / 1000).toFixed(1)} s`)}`);
      };
      return {
        done: (text = label) => end(paint(32, '✓'), text),
        failed: () => end(paint(31, '✗'), label),
      };
    },
    say: writeLine,
  };
}

/** Runs `work` as one step: done when it resolves, failed when it rejects. */
export async function asStep<T>(progress: Progress, label: string, work: () => Promise<T>): Promise<T> {
  const step = progress.begin(label);
  try {
    const result = await work();
    step.done();
    return result;
  } catch (error) {
    step.failed();
    throw error;
  }
}

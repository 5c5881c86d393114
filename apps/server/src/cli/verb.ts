/** One verb of the command line. */
export type Verb = {
  /** "FILE…": what follows the verb. */
  usage: string;
  /** What `throughline VERB --help` says beside its usage, line by line. */
  help?: string;
  /** Does the work; resolves with the exit code. */
  run(args: string[]): Promise<number>;
};

/** A wrong use of the command line, worded for the person who typed it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** One verb of the command line. */
export type Verb = {
  name: string;
  /** "FILE…": what follows the verb. */
  usage: string;
  /** One line for the list of verbs. */
  about: string;
  /** What `throughline VERB --help` says beside usage and `about`, line by line. */
  help?: string;
  /** Does the work; resolves with the exit code. */
  run(args: string[]): Promise<number>;
};

/** A wrong use of the command line, worded for the person who typed it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A reason why the server cannot start, worded for the person who started it: what is wrong and what to do. */
export class LaunchError extends Error {
  override readonly name = 'LaunchError';
}

/** Somebody changed the setting after it was read: `by` and `at` (ISO 8601) say who and when. */
export class SettingsConflict extends Error {
  override readonly name = 'SettingsConflict';
  readonly by: string;
  readonly at: string;

  constructor(by: string, at: string) {
    super(`${by} changed this at ${at}, after you read it. Read it again and repeat your change.`);
    this.by = by;
    this.at = at;
  }
}

/** Whether two instants (ISO 8601, or none) are the same millisecond. */
export function sameInstant(a: string | null, b: string | null): boolean {
  return a === null || b === null ? a === b : Date.parse(a) === Date.parse(b);
}

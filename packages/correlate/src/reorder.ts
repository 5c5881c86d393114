/**
 * Puts slightly disordered items in order: by time, then by alert id. An item waits until one `windowMs` later has been
 * seen; later than that it passes at once, in its place of arrival.
 */
export function* reorder<T extends { time: number; alertId: string }>(
  items: Iterable<T>,
  windowMs = 30_000,
): Iterable<T> {
  const waiting: T[] = [];
  let latest = Number.NEGATIVE_INFINITY;
  for (const item of items) {
    let at = waiting.length;
    while (at > 0 && isBefore(item, waiting[at - 1] as T)) at--;
    waiting.splice(at, 0, item);
    latest = Math.max(latest, item.time);
    let due = 0;
    while (due < waiting.length && (waiting[due] as T).time <= latest - windowMs) due++;
    yield* waiting.splice(0, due);
  }
  yield* waiting;
}

function isBefore(a: { time: number; alertId: string }, b: { time: number; alertId: string }): boolean {
  return a.time < b.time || (a.time === b.time && a.alertId < b.alertId);
}

/**
 * The size to shrink to once `limit` is passed. Many go at once: finding the oldest entry of a Map costs time in
 * proportion to those already gone.
 */
export function roomAfterEviction(limit: number): number {
  return Math.floor(limit * 0.95);
}

/** Drops the oldest entries of a map that has passed `limit`. Returns how many. */
export function evictOldest<K>(map: Map<K, unknown>, limit: number): number {
  if (map.size <= limit) return 0;
  const before = map.size;
  const room = roomAfterEviction(limit);
  for (const key of map.keys()) {
    if (map.size <= room) break;
    map.delete(key);
  }
  return before - map.size;
}

/** Those of a map to let go so that `room` stay: longest idle first, of equals the older. */
export function idlest<V extends { lastHour: number }>(map: ReadonlyMap<unknown, V>, room: number): V[] {
  const excess = map.size - room;
  const hours = Float64Array.from(map.values(), ({ lastHour }) => lastHour).sort();
  const last = hours[excess - 1] ?? Number.NEGATIVE_INFINITY;
  let equals = excess - hours.indexOf(last);
  return [...map.values()].filter(({ lastHour }) => lastHour < last || (lastHour === last && equals-- > 0));
}

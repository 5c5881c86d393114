/**
 * Small maps from number to number as flat lists: key, value, key, value, oldest first. There are millions of them, most
 * with one entry, and a Map takes 200 bytes.
 */
export type FlatMap = number[];

/** The value of `key`, or `undefined`. */
export function flatGet(map: FlatMap, key: number): number | undefined {
  for (let i = 0; i < map.length; i += 2) if (map[i] === key) return map[i + 1];
  return undefined;
}

/** Sets `key` as the newest of at most `limit` entries; the oldest makes room. */
export function flatRemember(map: FlatMap, key: number, value: number, limit: number): void {
  const { length } = map;
  if (length > 0 && map[length - 2] === key) {
    map[length - 1] = value;
    return;
  }
  for (let i = 0; i < length; i += 2) {
    if (map[i] !== key) continue;
    map.splice(i, 2);
    break;
  }
  if (map.length >= 2 * limit) map.splice(0, 2);
  map.push(key, value);
}

/** Adds to the count of `key`; without room, a newcomer takes the place and the count of the smallest. */
export function flatCount(map: FlatMap, key: number, limit: number, by = 1): void {
  let least = 0;
  for (let i = 0; i < map.length; i += 2) {
    if (map[i] === key) {
      map[i + 1] = (map[i + 1] ?? 0) + by;
      return;
    }
    if ((map[i + 1] ?? 0) < (map[least + 1] ?? 0)) least = i;
  }
  if (map.length < 2 * limit) map.push(key, by);
  else {
    map[least] = key;
    map[least + 1] = (map[least + 1] ?? 0) + by;
  }
}

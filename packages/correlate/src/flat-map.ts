/**
 * Small maps from number to number as flat lists: key, value, key, value, oldest first. There are millions of them, most
 * with one entry, and a Map takes 200 bytes. A list that grows is copied: pushing would leave room for sixteen more.
 */
export type FlatMap = number[];

/** The value of `key`, or `undefined`. */
export function flatGet(map: FlatMap, key: number): number | undefined {
  for (let i = 0; i < map.length; i += 2) if (map[i] === key) return map[i + 1];
  return undefined;
}

/** Sets `key` as the newest of at most `limit` entries; the oldest makes room. Returns the map to go on with. */
export function flatRemember(map: FlatMap, key: number, value: number, limit: number): FlatMap {
  let at = map.length < 2 * limit ? -1 : 0;
  for (let i = 0; i < map.length; i += 2) if (map[i] === key) at = i;
  if (at < 0) return map.concat([key, value]);
  const newest = map.length - 2;
  for (; at < newest; at++) map[at] = map[at + 2] as number;
  map[newest] = key;
  map[newest + 1] = value;
  return map;
}

/**
 * Adds to the count of `key`; without room, a newcomer takes the place and the count of the smallest. Returns the map to
 * go on with.
 */
export function flatCount(map: FlatMap, key: number, limit: number, by = 1): FlatMap {
  let least = 0;
  for (let i = 0; i < map.length; i += 2) {
    if (map[i] === key) {
      map[i + 1] = (map[i + 1] ?? 0) + by;
      return map;
    }
    if ((map[i + 1] ?? 0) < (map[least + 1] ?? 0)) least = i;
  }
  if (map.length < 2 * limit) return map.concat([key, by]);
  map[least] = key;
  map[least + 1] = (map[least + 1] ?? 0) + by;
  return map;
}

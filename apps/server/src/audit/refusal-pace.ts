const MINUTE_MS = 60_000;
const MOST_KEYS = 10_000;

/**
 * Says whether a refusal of a kind and address is the first in its minute: whoever is told to wait and does not, must
 * not fill the log. With more addresses than can be remembered none is told until the minute is over.
 */
export function refusalPace(): (key: string, now: Date) => boolean {
  const told = new Set<string>();
  let minute = 0;
  return (key, now) => {
    const current = Math.floor(now.getTime() / MINUTE_MS);
    if (current !== minute) {
      minute = current;
      told.clear();
    }
    if (told.has(key) || told.size >= MOST_KEYS) return false;
    told.add(key);
    return true;
  };
}

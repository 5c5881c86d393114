import { useSyncExternalStore } from 'react';

export type Zone = 'utc' | 'local';

const storageKey = 'throughline.zone';
const listeners = new Set<() => void>();
let zone: Zone = readZone();

function readZone(): Zone {
  try {
    return localStorage.getItem(storageKey) === 'utc' ? 'utc' : 'local';
  } catch {
    return 'local';
  }
}

/** Sets how every time on screen is written, and remembers it. */
export function setZone(next: Zone): void {
  zone = next;
  try {
    localStorage.setItem(storageKey, next);
  } catch {
    // Remembering is a convenience; the choice holds for this page.
  }
  for (const listener of listeners) listener();
}

export function useZone(): Zone {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => zone,
  );
}

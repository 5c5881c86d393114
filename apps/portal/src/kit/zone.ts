import { useSyncExternalStore } from 'react';

/** `local` is the browser's own zone; anything else but `utc` an IANA name. */
export type Zone = 'utc' | 'local' | (string & {});

const storageKey = 'throughline.zone';
const listeners = new Set<() => void>();
let chosen: 'utc' | 'local' | undefined = readChosen();
let organization: Zone | undefined;

function readChosen(): 'utc' | 'local' | undefined {
  try {
    const kept = localStorage.getItem(storageKey);
    return kept === 'utc' || kept === 'local' ? kept : undefined;
  } catch {
    return undefined;
  }
}

function tell(): void {
  for (const listener of listeners) listener();
}

/** Sets how every time on screen is written, and remembers it. */
export function setZone(next: 'utc' | 'local'): void {
  chosen = next;
  try {
    localStorage.setItem(storageKey, next);
  } catch {
    // Remembering is a convenience; the choice holds for this page.
  }
  tell();
}

/** Sets the zone (IANA name; null: none) for people who have chosen none. One that this browser does not know is none. */
export function setOrganizationZone(name: string | null): void {
  const next = name === null || !isKnown(name) ? undefined : name === 'UTC' ? 'utc' : name;
  if (next === organization) return;
  organization = next;
  tell();
}

function isKnown(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** The zone of every time on screen: as the person chose, else the organisation's, else the browser's own. */
export function useZone(): Zone {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => chosen ?? organization ?? 'local',
  );
}

/** The IANA name of the zone in which a new schedule is usually meant: the organisation's, else the browser's. */
export function usualZone(): string {
  if (organization === 'utc') return 'UTC';
  return organization ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}

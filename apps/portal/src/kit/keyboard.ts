import { useEffect, useRef, useSyncExternalStore } from 'react';

export interface KeyBinding {
  /** "j", "?", "Enter", "shift+j", "mod+k" (Ctrl or Command), or two in sequence: "g i". */
  key: string;
  /** What it does, for the help sheet. */
  label: string;
  run: (event: KeyboardEvent) => void;
  /** Works also while typing: only for keys with Ctrl or Command. */
  everywhere?: boolean;
  /** Leaves buttons and links alone: for Enter and Space, which they use themselves. */
  yields?: boolean;
}

interface Scope {
  name: string;
  bindings: () => readonly KeyBinding[];
}

const scopes: Scope[] = [];
const listeners = new Set<() => void>();
let version = 0;
let pending: { first: string; at: number } | undefined;
const sequenceMs = 1_000;
const singleKeysKey = 'throughline.keys';
let singleKeys = readSingleKeys();

function readSingleKeys(): boolean {
  try {
    return localStorage.getItem(singleKeysKey) !== 'off';
  } catch {
    return true;
  }
}

function changed(): void {
  version++;
  for (const listener of listeners) listener();
}

/** Adds bindings under a heading of the help sheet while the component lives; the newest scope wins a key. */
export function useKeys(scope: string, bindings: readonly KeyBinding[]): void {
  const latest = useRef(bindings);
  latest.current = bindings;
  useEffect(() => {
    const entry: Scope = { name: scope, bindings: () => latest.current };
    scopes.push(entry);
    changed();
    return () => {
      scopes.splice(scopes.indexOf(entry), 1);
      changed();
    };
  }, [scope]);
}

/** All scopes now alive, for the help sheet. */
export function useKeyScopes(): { name: string; bindings: readonly KeyBinding[] }[] {
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => version,
  );
  return scopes.map(({ name, bindings }) => ({ name, bindings: bindings() }));
}

/** Whether keys without Ctrl, Command or Alt do anything: a person who dictates or leans on the keyboard can turn them off. */
export function useSingleKeys(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => singleKeys,
  );
}

/** Turns them on or off, and remembers it. */
export function setSingleKeys(on: boolean): void {
  singleKeys = on;
  try {
    localStorage.setItem(singleKeysKey, on ? 'on' : 'off');
  } catch {
    // Remembering is a convenience; the choice holds for this page.
  }
  changed();
}

/** Whether a binding is of characters alone: "j", "shift+j", "g i"; not "Enter", not "mod+k". */
export function isSingleKey(key: string): boolean {
  return key.split(' ').every((part) => part.replace('shift+', '').length === 1);
}

/** How a key press is spelled in a binding. */
export function spell(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string {
  const letter = event.key.length === 1;
  const name = event.key === ' ' ? 'Space' : letter ? event.key.toLowerCase() : event.key;
  const shift = event.shiftKey && (!letter || name !== name.toUpperCase());
  return `${event.ctrlKey || event.metaKey ? 'mod+' : ''}${event.altKey ? 'alt+' : ''}${shift ? 'shift+' : ''}${name}`;
}

/** Whether a press belongs to something one types or chooses in. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches('textarea, select')) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type);
}

/** Listens for the whole page; call once. Keys do nothing while a modal dialog or menu is open. Returns the stop. */
export function startKeyboard(): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open], [role="menu"]')) return;
    const typing = isTyping(event.target);
    const pressed = spell(event);
    const sequence = pending && Date.now() - pending.at < sequenceMs ? `${pending.first} ${pressed}` : undefined;
    pending = undefined;
    const all = scopes
      .toReversed()
      .flatMap((scope) => scope.bindings())
      .filter((binding) => singleKeys || !isSingleKey(binding.key));
    const match = all.find((binding) => binding.key === sequence) ?? all.find((binding) => binding.key === pressed);
    if (!match) {
      if (!typing && all.some((binding) => binding.key.startsWith(`${pressed} `)))
        pending = { first: pressed, at: Date.now() };
      return;
    }
    if (typing && match.everywhere !== true) return;
    if (
      match.yields &&
      event.target instanceof Element &&
      event.target.closest('button, a, summary, input, [role="tab"]')
    )
      return;
    event.preventDefault();
    match.run(event);
  };
  document.addEventListener('keydown', onKey);
  return () => document.removeEventListener('keydown', onKey);
}

import { useState } from 'react';

/** State that the browser remembers; only for how the portal looks to one person, never for what a list shows. */
export function useStored(key: string, initial: string): [string, (value: string) => void] {
  const [value, setValue] = useState(() => {
    try {
      return localStorage.getItem(`throughline.${key}`) ?? initial;
    } catch {
      return initial;
    }
  });
  const store = (next: string) => {
    setValue(next);
    try {
      localStorage.setItem(`throughline.${key}`, next);
    } catch {
      // Remembering is a convenience; the choice holds for this page.
    }
  };
  return [value, store];
}

import type { Decision } from '@throughline/model';
import { evictOldest } from './eviction.ts';
import type { Observation } from './observation.ts';

/** The alert that identical later ones fold into. */
export type Original = { alertId: string; time: number; novelty: number; background: boolean };

/** The latest original of each different alert, in order of last appearance, bounded. */
export class Repeats {
  readonly #originals = new Map<number, Original>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(fingerprint: number): Original | undefined {
    return this.#originals.get(fingerprint);
  }

  /** Makes an alert the original of those like it. */
  set(key: number, o: Observation, { novelty, kind }: Decision): void {
    this.#originals.delete(key);
    this.#originals.set(key, { alertId: o.alertId, time: o.time, novelty, background: kind === 'background' });
    evictOldest(this.#originals, this.#limit);
  }

  *lines(): Iterable<string> {
    yield JSON.stringify([...this.#originals]);
  }
}

/** Whether a decision folded its alert into an identical one. */
export function isRepeat(d: Decision): boolean {
  return d.terms[0]?.signal === 'repeat';
}

/** 53 bits over what makes alerts the same: detector, title, severity and entities. FNV-1a in two lanes. */
export function fingerprint(o: Observation): number {
  let a = 0x811c9dc5;
  let b = 0x01000193;
  const add = (text: string) => {
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      a = Math.imul(a ^ code, 0x01000193);
      b = Math.imul(b ^ (code + 0x9e37), 0x85ebca6b);
    }
    a = Math.imul(a ^ 10, 0x01000193);
    b = Math.imul(b ^ 10, 0x85ebca6b);
  };
  add(o.detector);
  add(o.title);
  add(o.severity);
  for (const { id } of o.entities) add(id);
  return (a >>> 0) * 0x200000 + (b >>> 11);
}

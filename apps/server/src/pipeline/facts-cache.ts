import type { IncidentFacts } from '@throughline/correlate';

/** The facts of incidents touched lately, so that a batch need not read them; the rest is in the database. */
export class FactsCache {
  readonly #limit: number;
  readonly #facts = new Map<number, IncidentFacts>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(id: number): IncidentFacts | undefined {
    return this.#facts.get(id);
  }

  set(id: number, facts: IncidentFacts): void {
    this.#facts.delete(id);
    this.#facts.set(id, facts);
  }

  delete(id: number): void {
    this.#facts.delete(id);
  }

  /** Lets go of those untouched longest, down to the limit. Call between transactions. */
  trim(): void {
    for (const id of this.#facts.keys()) {
      if (this.#facts.size <= this.#limit) return;
      this.#facts.delete(id);
    }
  }
}

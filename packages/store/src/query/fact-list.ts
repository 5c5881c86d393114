/** Facts about one thing, label → text, gathered from several documents: the first value of a label stands. */
export class FactList {
  readonly #facts = new Map<string, string>();

  /** Adds a fact when the label has none yet. Empty values and values that are no text or number are not facts. */
  add(label: string, value: unknown): void {
    if (this.#facts.has(label)) return;
    const text = asText(value);
    if (text !== null) this.#facts.set(label, text);
  }

  toRecord(): Record<string, string> {
    return Object.fromEntries(this.#facts);
  }
}

const mostCharacters = 4000;

function asText(value: unknown): string | null {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) {
    const texts = value
      .slice(0, 50)
      .map(asText)
      .filter((text) => text !== null);
    return texts.length === 0 ? null : [...new Set(texts)].join(', ').slice(0, mostCharacters);
  }
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return text === '' ? null : text.slice(0, mostCharacters);
}

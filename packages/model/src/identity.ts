import type { EntityKind, EntityMention } from './entity.ts';
import { isWeakKey } from './entity-keys.ts';
import { nameRank } from './entity-name.ts';

/** What a mention resolved to, and what was learned: `learned` are new keys of `id`; `absorbed` identities now redirect to `id`. */
export type Resolution = { id: string; created: boolean; learned: string[]; absorbed: string[] };

/** A weak key to which more identities than this have answered finds none for ever ("administrator"). */
const mostAnswers = 8;

/**
 * One identity for each entity of a tenant, whatever names it goes by. Names learned later join the identity: when a
 * mention carries strong keys of two identities, the older absorbs the younger and the absorbed id keeps resolving.
 * A weak key (short host name, bare user name) finds an identity only while exactly one answers to it.
 *
 * Deterministic: the same mentions in the same order give the same ids (an id is kind + first key seen).
 */
export class IdentityIndex {
  readonly #strong = new Map<string, string>();
  readonly #weak = new Map<string, string[]>();
  readonly #redirect = new Map<string, string>();
  readonly #order = new Map<string, number>();
  readonly #schemes = new Map<string, Set<string>>();
  readonly #names = new Map<string, string>();

  /** The identity that `mention` names, created when it is new. */
  resolve(mention: Pick<EntityMention, 'kind' | 'keys'>): Resolution {
    const strong: string[] = [];
    const weak: string[] = [];
    for (const key of mention.keys) (isWeakKey(key) ? weak : strong).push(`${mention.kind} ${key}`);
    const hits = new Set<string>();
    for (const key of strong) {
      const id = this.#strong.get(key);
      if (id !== undefined) hits.add(this.find(id));
    }
    if (hits.size === 0) {
      for (const key of weak) {
        const id = this.#onlyAnswer(key);
        if (id !== null && this.#mayAnswer(id, strong)) {
          hits.add(id);
          break;
        }
      }
    }
    const [first = null, ...others] = [...hits].sort((a, b) => (this.#order.get(a) ?? 0) - (this.#order.get(b) ?? 0));
    const created = first === null;
    const id = first ?? this.#create(mention.kind, mention.keys[0] ?? '');
    for (const other of others) {
      this.#redirect.set(other, id);
      for (const scheme of this.#schemes.get(other) ?? []) this.#schemesOf(id).add(scheme);
      this.bestName(id, mention.kind, this.#names.get(other) ?? '');
    }
    return { id, created, learned: this.#learn(id, strong, weak), absorbed: others };
  }

  /** The surviving identity of an id that may have been absorbed. */
  find(id: string): string {
    let at = id;
    for (let next = this.#redirect.get(at); next !== undefined; next = this.#redirect.get(at)) at = next;
    return at;
  }

  /** The identity that `mention` would find, or null; learns nothing and joins nothing. */
  known(mention: Pick<EntityMention, 'kind' | 'keys'>): string | null {
    const strong = mention.keys.filter((key) => !isWeakKey(key)).map((key) => `${mention.kind} ${key}`);
    for (const key of strong) {
      const id = this.#strong.get(key);
      if (id !== undefined) return this.find(id);
    }
    for (const key of mention.keys) {
      const id = isWeakKey(key) ? this.#onlyAnswer(`${mention.kind} ${key}`) : null;
      if (id !== null && this.#mayAnswer(id, strong)) return id;
    }
    return null;
  }

  /** Offers `name` for an identity; returns the best name it has been given so far. */
  bestName(id: string, kind: EntityKind, name: string): string {
    const best = this.#names.get(id);
    if (best !== undefined && best !== '' && nameRank(kind, best) >= nameRank(kind, name)) return best;
    this.#names.set(id, name);
    return name;
  }

  /** Puts back what an earlier run stored; call in the order of creation. */
  restore(id: string, kind: EntityKind, keys: readonly string[], redirect: string | null, name = ''): void {
    this.#order.set(id, this.#order.size);
    this.#names.set(id, name);
    if (redirect !== null) this.#redirect.set(id, redirect);
    const prefixed = keys.map((key) => `${kind} ${key}`);
    this.#learn(
      id,
      prefixed.filter((_, i) => !isWeakKey(keys[i] ?? '')),
      prefixed.filter((_, i) => isWeakKey(keys[i] ?? '')),
    );
    if (redirect !== null) for (const scheme of this.#schemes.get(id) ?? []) this.#schemesOf(this.find(id)).add(scheme);
  }

  get size(): number {
    return this.#order.size;
  }

  /** The one identity that answers to a weak key, or null when none or several do. */
  #onlyAnswer(key: string): string | null {
    const answers = this.#weak.get(key);
    if (answers === undefined || answers.length > mostAnswers) return null;
    const [first, ...others] = answers.map((id) => this.find(id));
    return first !== undefined && others.every((id) => id === first) ? first : null;
  }

  /** A weak hit is refused when the mention has a strong key of a scheme in which the identity already has another value. */
  #mayAnswer(id: string, strong: readonly string[]): boolean {
    const schemes = this.#schemes.get(id);
    return schemes === undefined || !strong.some((key) => schemes.has(schemeOf(key)));
  }

  #schemesOf(id: string): Set<string> {
    let schemes = this.#schemes.get(id);
    if (!schemes) {
      schemes = new Set();
      this.#schemes.set(id, schemes);
    }
    return schemes;
  }

  #create(kind: EntityKind, key: string): string {
    let id = `${kind} ${key}`;
    for (let n = 2; this.#order.has(id); n++) id = `${kind} ${key}#${n}`;
    this.#order.set(id, this.#order.size);
    return id;
  }

  #learn(id: string, strong: readonly string[], weak: readonly string[]): string[] {
    const learned: string[] = [];
    for (const key of strong) {
      if (this.#strong.has(key)) continue;
      this.#strong.set(key, id);
      this.#schemesOf(id).add(schemeOf(key));
      learned.push(bare(key));
    }
    for (const key of weak) {
      const answers = this.#weak.get(key);
      if (answers === undefined) this.#weak.set(key, [id]);
      else if (answers.length > mostAnswers || answers.includes(id)) continue;
      else answers.push(id);
      learned.push(bare(key));
    }
    return learned;
  }
}

function bare(key: string): string {
  return key.slice(key.indexOf(' ') + 1);
}

function schemeOf(key: string): string {
  return key.slice(0, key.indexOf(':'));
}

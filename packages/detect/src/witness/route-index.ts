import type { EventView, Slot } from '../engine/event-view.ts';
import type { RoutedRule } from '../engine/routed-rule.ts';
import { visitTests } from '../predicate/expression.ts';
import { FieldIndex } from './field-index.ts';
import { KeywordIndex } from './keyword-index.ts';
import { type Witness, witnessesOf, witnessKey, witnessOf } from './witness.ts';

/** For the rules of one route: which of them could hold for an event, by their witnesses. */
export class RouteIndex {
  readonly tableBytes: number;
  /** Rules that have no witness and are candidates always. */
  readonly always: readonly number[];
  private readonly fields: readonly { slot: Slot; index: FieldIndex }[];
  private readonly keywords: KeywordIndex | undefined;
  private readonly seen: Uint32Array;
  private turn = 0;
  private candidates: number[] = [];

  constructor(rules: readonly RoutedRule[], view: EventView) {
    this.seen = new Uint32Array(rules.length);
    const costOf = witnessCosts(rules);
    const always: number[] = [];
    const found = new Map<string, { witness: Witness; rules: number[] }>();
    rules.forEach(({ demands }, rule) => {
      const set = witnessesOf(demands, costOf);
      if (set === undefined) always.push(rule);
      else
        for (const witness of set.witnesses) {
          const key = witnessKey(witness);
          const known = found.get(key);
          if (known === undefined) found.set(key, { witness, rules: [rule] });
          else known.rules.push(rule);
        }
    });
    this.always = always;
    const byField = Map.groupBy(found.values(), ({ witness }) => witness.field);
    const keywords = byField.get(null)?.map(({ witness, rules: of }) => ({ literal: witness.literal, rules: of }));
    byField.delete(null);
    this.keywords = keywords === undefined ? undefined : new KeywordIndex(keywords);
    this.fields = [...byField].map(([field, witnesses]) => ({
      slot: view.slotOf(field as string),
      index: new FieldIndex(witnesses),
    }));
    this.tableBytes =
      this.seen.byteLength +
      (this.keywords?.tableBytes ?? 0) +
      this.fields.reduce((sum, { index }) => sum + index.tableBytes, 0);
  }

  /** The rules that could hold for the event in the view, by number, ascending. Valid until the next call. */
  candidatesFor(view: EventView): readonly number[] {
    this.turn = (this.turn + 1) >>> 0;
    const { candidates } = this;
    candidates.length = 0;
    for (const rule of this.always) this.add(rule);
    for (const { slot, index } of this.fields) {
      const texts = view.texts(slot);
      if (texts === undefined) {
        // Null and empty arrays are there, and hold nothing.
        if (view.value(slot) !== undefined) for (const rule of index.whenEmpty) this.add(rule);
      } else if (typeof texts === 'string') for (const rule of index.rulesFor(texts)) this.add(rule);
      else for (const text of texts) for (const rule of index.rulesFor(text)) this.add(rule);
    }
    this.keywords?.find(view.fields, this.add);
    return candidates.length > 1 ? candidates.sort(ascending) : candidates;
  }

  private readonly add = (rule: number): void => {
    if (this.seen[rule] === this.turn) return;
    this.seen[rule] = this.turn;
    this.candidates.push(rule);
  };
}

function ascending(a: number, b: number): number {
  return a - b;
}

/**
 * Costs for choosing: a literal is dear when it is short, and when many rules name it, because events then often hold it;
 * that a field is there says least of all.
 */
function witnessCosts(rules: readonly RoutedRule[]): (witness: Witness) => number {
  const named = new Map<string, number>();
  for (const { demands } of rules) {
    const own = new Set<string>();
    visitTests(demands, (predicate) => {
      const witness = witnessOf(predicate);
      if (witness !== undefined) own.add(witness.literal);
    });
    for (const literal of own) named.set(literal, (named.get(literal) ?? 0) + 1);
  }
  return ({ how, literal, field }) => {
    if (how === 'present') return 400;
    if (how === 'beyondAscii') return 10;
    const common = (named.get(literal) ?? 1) / 2;
    const short = 100 * 2 ** (-literal.length / 2);
    return 1 + common + short + (field === null ? 20 : 0);
  };
}

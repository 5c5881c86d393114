import { inRange } from '../predicate/ip-range.ts';
import type { NumberComparison, Predicate } from '../predicate/predicate.ts';
import { timePart } from '../predicate/time-part.ts';
import type { EventView, Texts } from './event-view.ts';

/** Whether something holds of the event in the view. */
export type Test = (view: EventView) => boolean;

/** The test that a predicate is. Both forms of the engine evaluate through this. */
export function testOf(predicate: Predicate, view: EventView): Test {
  const { field } = predicate;
  if (field === null) return keywordTest(predicate);
  const slot = view.slotOf(field);
  switch (predicate.kind) {
    case 'text': {
      const { pattern, cased } = predicate;
      const { literal } = pattern;
      const read = cased ? (now: EventView) => now.texts(slot) : (now: EventView) => now.lowerTexts(slot);
      switch (pattern.shape) {
        case 'equals':
          return (now) => some(read(now), (text) => text === literal);
        case 'contains':
          return (now) => some(read(now), (text) => text.includes(literal));
        case 'suffix':
          return (now) => some(read(now), (text) => text.endsWith(literal));
        case 'prefix':
          return (now) => some(read(now), (text) => text.startsWith(literal));
        default:
          return (now) => some(read(now), (text) => pattern.test(text));
      }
    }
    case 'regex': {
      const { regex } = predicate;
      return (now) => some(now.texts(slot), (text) => regex.test(text));
    }
    case 'cidr': {
      const { range } = predicate;
      return (now) => some(now.texts(slot), (text) => inRange(range, text));
    }
    case 'number': {
      const { op, value } = predicate;
      return (now) => some(now.texts(slot), (text) => compares(op, numberOf(text), value));
    }
    case 'timePart': {
      const { op, value, part } = predicate;
      return (now) => some(now.texts(slot), (text) => compares(op, timePart(part, text) ?? Number.NaN, value));
    }
    case 'missing':
      return (now) => {
        const value = now.value(slot);
        return value === undefined || value === null;
      };
    case 'exists':
      return (now) => now.value(slot) !== undefined;
    case 'sameAs':
      return sameAs(predicate, slot, view.slotOf(predicate.other));
  }
}

function keywordTest(predicate: Predicate): Test {
  if (predicate.kind === 'regex') return (view) => some(view.allTexts(), (text) => predicate.regex.test(text));
  if (predicate.kind !== 'text') return () => false;
  const { pattern, cased } = predicate;
  return (view) => some(cased ? view.allTexts() : view.allLowerTexts(), (text) => pattern.test(text));
}

function sameAs({ how, cased }: Extract<Predicate, { kind: 'sameAs' }>, slot: number, otherSlot: number): Test {
  const holds = {
    equals: (text: string, other: string) => text === other,
    startswith: (text: string, other: string) => text.startsWith(other),
    endswith: (text: string, other: string) => text.endsWith(other),
    contains: (text: string, other: string) => text.includes(other),
  }[how];
  return (view) => {
    const others = cased ? view.texts(otherSlot) : view.lowerTexts(otherSlot);
    const texts = cased ? view.texts(slot) : view.lowerTexts(slot);
    return some(texts, (text) => some(others, (other) => holds(text, other)));
  };
}

function some(texts: Texts, holds: (text: string) => boolean): boolean {
  if (typeof texts === 'string') return holds(texts);
  return texts?.some(holds) ?? false;
}

/** A decimal or `0x` number; NaN for any other text. */
function numberOf(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}

function compares(op: NumberComparison, value: number, limit: number): boolean {
  switch (op) {
    case 'lt':
      return value < limit;
    case 'lte':
      return value <= limit;
    case 'gt':
      return value > limit;
    case 'gte':
      return value >= limit;
    case 'eq':
      return value === limit;
  }
}

import { type TuningCondition, type TuningGroup, type TuningProperty, triggerOf } from '@throughline/model';

/** How a key is looked up in a word: the whole of it, its beginning, its end, or (of the alert itself) three letters of it. */
export type KeyKind = 'whole' | 'start' | 'end' | 'letters';
export type RuleKey = { property: TuningProperty; kind: KeyKind; text: string };

/** Longer beginnings and ends tell no more; each length that is used costs a look-up. */
export const longestKey = 32;
/** Letters of one `letters` key. */
export const lettersOf = 3;

/**
 * Ways to find a rule by its conditions: of each list, one key or another is in every alert for which the conditions
 * hold. None when they ask for nothing that can be looked up.
 */
export function waysToFind(group: TuningGroup): RuleKey[][] {
  const ways = group.items.map((item) => ('items' in item ? waysToFind(item) : waysOfCondition(item)));
  if (group.match === 'all') return ways.flat();
  // Any of them may be what holds: a way must cover them all.
  const first = ways.map(([way]) => way);
  return first.length > 0 && first.every((way) => way !== undefined) ? [first.flatMap((way) => way ?? [])] : [];
}

function waysOfCondition({ property, operator, values }: TuningCondition): RuleKey[][] {
  const wanted = values.map((value) => value.trim().toLowerCase()).filter((value) => value !== '');
  const way = (kind: KeyKind, textOf: (value: string) => string): RuleKey[][] => {
    const texts = wanted.map(textOf);
    return texts.includes('') ? [] : [texts.map((text) => ({ property, kind, text }))];
  };
  switch (operator) {
    case 'equals':
    case 'isAnyOf':
      return way('whole', (value) => value);
    case 'startsWith':
      return way('start', (value) => value.slice(0, longestKey));
    case 'endsWith':
      return way('end', (value) => value.slice(-longestKey));
    case 'wildcard':
      return [
        ...way('start', (value) => (/^[^*?]*/.exec(value)?.[0] ?? '').slice(0, longestKey)),
        ...way('end', (value) => (/[^*?]*$/.exec(value)?.[0] ?? '').slice(-longestKey)),
      ];
    case 'contains':
      // What evidence says may be long: only the alert's own words are taken apart.
      if (triggerOf(property) !== null || wanted.some((value) => value.length < lettersOf)) return [];
      return startsIn(wanted).map((at) =>
        wanted.map((value) => ({
          property,
          kind: 'letters',
          text: value.slice(Math.min(at, value.length - lettersOf)).slice(0, lettersOf),
        })),
      );
    case 'inNetwork':
      return [];
  }
}

/** Places to take three letters from: a few, so that the rarest of them can be chosen. */
function startsIn(values: readonly string[]): number[] {
  const longest = Math.max(0, ...values.map((value) => value.length - lettersOf));
  return [...new Set([0, longest >> 2, longest >> 1, (longest * 3) >> 2, longest])];
}

import type { DetectionRule } from '@throughline/model';
import { readList } from '../app/search-params.ts';
import { tacticNames } from '../kit/index.ts';
import { statesOf } from './detection-words.ts';
import type { DetectionsSearch } from './detections-search.ts';

/** The rules that an address asks for: every word of the text, one of each list. */
export function filterRules(rules: readonly DetectionRule[], search: DetectionsSearch): DetectionRule[] {
  const words = (search.q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const [levels, tactics, states] = [search.level, search.tactic, search.state].map((list) => readList(list ?? ''));
  const one = (wanted: readonly string[] | undefined, own: readonly string[]) =>
    wanted === undefined || wanted.length === 0 || own.some((each) => wanted.includes(each));
  return rules.filter((rule) => {
    const { title, id, author, techniques, logSource, path, level } = rule;
    const text = [title, id, author, logSource, path, ...techniques].join('\n').toLowerCase();
    return (
      words.every((word) => text.includes(word)) &&
      one(levels, [level]) &&
      one(tactics, rule.tactics) &&
      one(states, statesOf(rule))
    );
  });
}

/** How many enabled rules look for each tactic, in the order of an attack. */
export function coverage(rules: readonly DetectionRule[]): { tactic: string; name: string; rules: number }[] {
  const on = rules.filter(({ enabled }) => enabled);
  return tacticNames.map(([tactic, name]) => ({
    tactic,
    name,
    rules: on.filter(({ tactics }) => tactics.some((each) => each === tactic)).length,
  }));
}

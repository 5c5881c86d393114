import {
  type Alert,
  type TuningAction,
  type TuningGroup,
  type TuningMark,
  type TuningTrigger,
  tuningActions,
} from '@throughline/model';
import { compileConditions, type Subject, type Test } from './evaluate.ts';
import { addKey, emptyIndex, lookUp, type WordIndex } from './rule-index.ts';
import { type RuleKey, waysToFind } from './rule-keys.ts';

/** A rule in force. */
export type TuneRule = {
  mark: TuningMark;
  alertType: { serviceSource: string; detectorId: string } | null;
  deviceGroups: readonly number[] | null;
  trigger: TuningTrigger | null;
  conditions: TuningGroup;
};

/** A rule ready to be asked; `place` orders rules: the strictest action first, then the oldest rule. */
export type CompiledRule = { rule: TuneRule; place: number; test: Test };

/** Rules found by what they ask for; `open` ask nothing that can be looked up. */
export type CompiledRules = {
  size: number;
  byType: ReadonlyMap<string, WordRules>;
  anyType: WordRules;
  /** Whether a rule is about some device groups only. */
  asksGroups: boolean;
};

/** Rules of one alert type, or of any, found by words; `open` are asked of every such alert. */
export type WordRules = { index: WordIndex<CompiledRule>; indexed: number; open: readonly CompiledRule[] };

/** Fewer rules of one alert type are asked one by one: faster than looking up their words. */
const worthLookingUp = 4;

/** Compiles rules. Their order in the list says nothing. */
export function compileRules(rules: readonly TuneRule[]): CompiledRules {
  const ordered = [...rules].sort((a, b) => rank(a.mark.action) - rank(b.mark.action) || a.mark.ruleId - b.mark.ruleId);
  const typed = new Map<string, CompiledRule[]>();
  const untyped: CompiledRule[] = [];
  ordered.forEach((rule, place) => {
    const compiled = { rule, place, test: compileConditions(rule.conditions, rule.trigger) };
    if (rule.alertType === null) untyped.push(compiled);
    else {
      const key = typeKey(rule.alertType);
      typed.set(key, [...(typed.get(key) ?? []), compiled]);
    }
  });
  return {
    size: rules.length,
    byType: new Map([...typed].map(([key, own]) => [key, byWords(own)])),
    anyType: byWords(untyped),
    asksGroups: rules.some(({ deviceGroups }) => deviceGroups !== null),
  };
}

/** The rules that may be about an alert, in order; all others are not. */
export function candidatesOf({ byType, anyType }: CompiledRules, subject: Subject): readonly CompiledRule[] {
  const ofType = byType.size === 0 ? undefined : byType.get(typeKey(subject.alert));
  if (ofType === undefined && anyType.indexed === 0) return anyType.open;
  if (ofType?.indexed === 0 && anyType.indexed === 0 && anyType.open.length === 0) return ofType.open;
  const found = new Set<CompiledRule>(anyType.open);
  for (const rules of ofType === undefined ? [anyType] : [anyType, ofType]) {
    for (const rule of rules.open) found.add(rule);
    if (rules.indexed > 0) lookUp(rules.index, subject, found);
  }
  return found.size < 2 ? [...found] : [...found].sort((a, b) => a.place - b.place);
}

/** Each rule is found by that of its ways which it shares with the fewest others. */
function byWords(rules: readonly CompiledRule[]): WordRules {
  const index = emptyIndex<CompiledRule>();
  if (rules.length < worthLookingUp) return { index, indexed: 0, open: rules };
  const ways = rules.map(({ rule }) => waysToFind(rule.conditions));
  const shared = new Map<string, number>();
  for (const key of ways.flat(2)) shared.set(nameOf(key), (shared.get(nameOf(key)) ?? 0) + 1);
  const cost = (way: readonly RuleKey[]) => way.reduce((sum, key) => sum + (shared.get(nameOf(key)) ?? 0), 0);
  const open: CompiledRule[] = [];
  rules.forEach((rule, at) => {
    const [best] = (ways[at] ?? []).map((way) => ({ way, cost: cost(way) })).sort((a, b) => a.cost - b.cost);
    if (best === undefined) open.push(rule);
    else for (const key of best.way) addKey(index, key, rule);
  });
  return { index, indexed: rules.length - open.length, open };
}

function nameOf({ property, kind, text }: RuleKey): string {
  return `${property} ${kind} ${text}`;
}

function typeKey({ serviceSource, detectorId }: Pick<Alert, 'serviceSource' | 'detectorId'>): string {
  return JSON.stringify([serviceSource.toLowerCase(), detectorId.toLowerCase()]);
}

function rank(action: TuningAction): number {
  return tuningActions.indexOf(action);
}

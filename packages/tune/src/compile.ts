import {
  type Alert,
  type AlertProperty,
  type TuningAction,
  type TuningGroup,
  type TuningMark,
  type TuningTrigger,
  triggerOf,
  tuningActions,
} from '@throughline/model';
import { compileConditions, type Test } from './evaluate.ts';
import { alertWords } from './facets.ts';

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

/** Rules found by what they ask of the alert itself; `open` ask nothing that can be looked up. */
export type CompiledRules = {
  size: number;
  byKey: ReadonlyMap<string, readonly CompiledRule[]>;
  properties: readonly AlertProperty[];
  open: readonly CompiledRule[];
  /** Whether a rule is about some device groups only. */
  asksGroups: boolean;
};

/** The most telling first. Severity tells too little. */
const telling: readonly AlertProperty[] = [
  'detector',
  'title',
  'technique',
  'category',
  'detectionSource',
  'product',
  'serviceSource',
];

/** Compiles rules. Their order in the list says nothing. */
export function compileRules(rules: readonly TuneRule[]): CompiledRules {
  const ordered = [...rules].sort((a, b) => rank(a.mark.action) - rank(b.mark.action) || a.mark.ruleId - b.mark.ruleId);
  const byKey = new Map<string, CompiledRule[]>();
  const open: CompiledRule[] = [];
  const properties = new Set<AlertProperty>();
  ordered.forEach((rule, place) => {
    const compiled = { rule, place, test: compileConditions(rule.conditions, rule.trigger) };
    const found = keysOf(rule);
    if (found === null) open.push(compiled);
    else {
      if (found.property) properties.add(found.property);
      for (const key of new Set(found.keys)) byKey.set(key, [...(byKey.get(key) ?? []), compiled]);
    }
  });
  const asksGroups = rules.some(({ deviceGroups }) => deviceGroups !== null);
  return { size: rules.length, byKey, properties: [...properties], open, asksGroups };
}

/** The rules that may be about an alert, in order; all others are not. */
export function candidatesOf({ byKey, properties, open }: CompiledRules, alert: Alert): readonly CompiledRule[] {
  if (byKey.size === 0) return open;
  const found = new Set(open);
  for (const rule of byKey.get(typeKey(alert)) ?? []) found.add(rule);
  for (const property of properties) {
    for (const word of alertWords(alert, property)) {
      for (const rule of byKey.get(wordKey(property, word)) ?? []) found.add(rule);
    }
  }
  return found.size === open.length ? open : [...found].sort((a, b) => a.place - b.place);
}

function keysOf({ alertType, conditions }: TuneRule): { property: AlertProperty | null; keys: string[] } | null {
  if (alertType !== null) return { property: null, keys: [typeKey(alertType)] };
  if (conditions.match !== 'all') return null;
  for (const property of telling) {
    for (const item of conditions.items) {
      if ('items' in item || item.property !== property || triggerOf(property) !== null) continue;
      if (item.operator !== 'equals' && item.operator !== 'isAnyOf') continue;
      return { property, keys: item.values.map((value) => wordKey(property, value.trim().toLowerCase())) };
    }
  }
  return null;
}

function typeKey({ serviceSource, detectorId }: { serviceSource: string; detectorId: string }): string {
  return JSON.stringify([serviceSource.toLowerCase(), detectorId.toLowerCase()]);
}

function wordKey(property: AlertProperty, word: string): string {
  return `${property} ${word}`;
}

function rank(action: TuningAction): number {
  return tuningActions.indexOf(action);
}

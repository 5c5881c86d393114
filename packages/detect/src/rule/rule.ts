import type { LogSource } from '@throughline/model';
import type { Expression } from '../predicate/expression.ts';

/** Sigma's levels, from least to most. */
export const ruleLevels = ['informational', 'low', 'medium', 'high', 'critical'] as const;
export type RuleLevel = (typeof ruleLevels)[number];

/** A text of a rule file: `path` names it in faults. */
export type RuleFile = { path: string; text: string };

/** Why a rule is not used: where it stands and what is wrong with it. `line` from 1. */
export type RuleFault = { path: string; line: number; reason: string; ruleId?: string; title?: string };

/** What rules, correlations and filters say about themselves. */
export type RuleHead = {
  /** As written; without one, the file and line where the rule begins. */
  id: string;
  /** By which correlations and filters may name the rule. */
  name?: string;
  title: string;
  /** "" when the rule names none. */
  author: string;
  /** The rule's own statement, an SPDX identifier by convention; "" when it makes none. */
  license: string;
  /** `medium` when the rule states none. */
  level: RuleLevel;
  status: string;
  description: string;
  /** YYYY-MM-DD, as written; "" when absent. */
  date: string;
  modified: string;
  tags: string[];
  /** ATT&CK tactics of the tags, in the tags' words: `credential-access`. */
  tactics: string[];
  /** ATT&CK techniques of the tags: `T1003.001`. */
  techniques: string[];
  references: string[];
  falsePositives: string[];
  /** What to do about a match, by the `recommendation` that our own rules carry; "" when absent. */
  recommendation: string;
  /** Fields an analyst would look at. */
  fields: string[];
  path: string;
  line: number;
};

/** A rule over single events: what must hold, over which log source. */
export type SigmaRule = RuleHead & {
  kind: 'rule';
  logSource: LogSource;
  detection: Expression;
};

/** An exclusion for many rules: an event of `logSource` for which it holds is no match of the rules named. */
export type SigmaFilter = RuleHead & {
  kind: 'filter';
  logSource: LogSource;
  /** Ids or names; `any` reaches all rules of the log source. */
  rules: string[] | 'any';
  suppresses: Expression;
};

export const correlationTypes = [
  'event_count',
  'value_count',
  'temporal',
  'temporal_ordered',
  'value_sum',
  'value_avg',
  'value_percentile',
] as const;
export type CorrelationType = (typeof correlationTypes)[number];

export type Comparison = 'lt' | 'lte' | 'gt' | 'gte' | 'eq' | 'neq';

/** Which rules must have matched in a temporal correlation, by the names the correlation uses for them. */
export type RuleCombination =
  | { kind: 'rule'; rule: string }
  | { kind: 'and' | 'or'; parts: RuleCombination[] }
  | { kind: 'not'; part: RuleCombination };

/** A rule over matches of other rules, within a time span and for each group of field values. */
export type SigmaCorrelation = RuleHead & {
  kind: 'correlation';
  type: CorrelationType;
  /** Ids or names of rules or correlations, in order. */
  rules: string[];
  groupBy: string[];
  /** Milliseconds. */
  timespan: number;
  /** All must hold. Temporal correlations may have none: then every rule must have matched. */
  comparisons: { op: Comparison; value: number }[];
  /** The fields whose values are counted or added up; empty for event_count and temporal. */
  valueFields: string[];
  /** Alias → rule as named in `rules` → field. */
  aliases: Map<string, Map<string, string>>;
  combination?: RuleCombination;
  /** value_percentile: which percentile of the numbers is compared; without it, how many percent of the values equal the event's. */
  percentile?: number;
  /** The rules referred to also give matches of their own. */
  generate: boolean;
};

/** What a set of files holds. */
export type RuleSet = {
  rules: SigmaRule[];
  correlations: SigmaCorrelation[];
  filters: SigmaFilter[];
  faults: RuleFault[];
};

import { readCombination } from './combination.ts';
import {
  type Comparison,
  type CorrelationType,
  correlationTypes,
  type RuleHead,
  type SigmaCorrelation,
} from './rule.ts';
import { RuleProblem, type YamlMap } from './yaml-node.ts';
import { entryOf, numberOf, sectionOf, textOf, textsOf } from './yaml-read.ts';

const comparisons: readonly string[] = ['lt', 'lte', 'gt', 'gte', 'eq', 'neq'] satisfies Comparison[];
const unitMs: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  M: 2_592_000_000,
  y: 31_536_000_000,
};
/** A window longer than this could not be held in bounded memory with any use. */
const longestSpanMs = 366 * 86_400_000;

/** @throws RuleProblem with the line of what cannot be used */
export function readCorrelation(map: YamlMap, head: RuleHead): SigmaCorrelation {
  const section = sectionOf(map, 'correlation');
  const type = textOf(section, 'type') as CorrelationType;
  if (!correlationTypes.includes(type)) {
    throw new RuleProblem(section.line, `"${type}" is no type of correlation; they are ${correlationTypes.join(', ')}`);
  }
  const rules = [...new Set(textsOf(section, 'rules'))];
  const temporal = type === 'temporal' || type === 'temporal_ordered';
  const condition = readCondition(section, rules, temporal);
  if (condition.combination !== undefined && rules.length === 0) rules.push(...condition.named);
  if (rules.length === 0) throw new RuleProblem(section.line, 'the correlation names no rules');
  const { comparisons, valueFields, percentile, combination } = condition;
  if (!temporal && comparisons.length === 0) {
    throw new RuleProblem(section.line, `${type} needs a condition like "gte: 10"`);
  }
  const counts = type === 'event_count' || temporal;
  if (!counts && valueFields.length === 0)
    throw new RuleProblem(section.line, `${type} needs a "field" in its condition`);
  if (type !== 'value_count' && valueFields.length > 1) throw new RuleProblem(section.line, `${type} takes one field`);
  return {
    ...head,
    kind: 'correlation',
    type,
    rules,
    groupBy: textsOf(section, 'group-by'),
    timespan: readTimespan(section),
    comparisons,
    valueFields: counts ? [] : valueFields,
    aliases: readAliases(section),
    ...(combination === undefined ? {} : { combination }),
    ...(percentile === undefined ? {} : { percentile }),
    generate: /^(?:true|yes)$/i.test(textOf(section, 'generate') || textOf(map, 'generate')),
  };
}

function readCondition(section: YamlMap, rules: readonly string[], temporal: boolean) {
  const read = {
    comparisons: [] as SigmaCorrelation['comparisons'],
    valueFields: [] as string[],
    percentile: undefined as number | undefined,
    combination: undefined as SigmaCorrelation['combination'],
    named: [] as string[],
  };
  const entry = entryOf(section, 'condition');
  if (entry === undefined) return read;
  if (entry.value.kind === 'scalar') {
    if (!temporal) throw new RuleProblem(entry.line, 'only temporal correlations join rules by "and", "or" and "not"');
    try {
      const { combination, named } = readCombination(entry.value.text, rules);
      return { ...read, combination, named };
    } catch (error) {
      throw new RuleProblem(entry.line, (error as Error).message);
    }
  }
  if (entry.value.kind !== 'map') throw new RuleProblem(entry.line, 'the condition must be a map like "gte: 10"');
  for (const { key, line, value } of entry.value.entries) {
    if (comparisons.includes(key)) read.comparisons.push({ op: key as Comparison, value: numberOf(key, value) });
    else if (key === 'field') read.valueFields = textsOf(entry.value, 'field');
    else if (key === 'percentile') {
      read.percentile = numberOf(key, value);
      if (read.percentile < 0 || read.percentile > 100)
        throw new RuleProblem(line, 'a percentile is between 0 and 100');
    } else throw new RuleProblem(line, `the condition of a correlation has no "${key}"`);
  }
  return read;
}

function readTimespan(section: YamlMap): number {
  const text = textOf(section, 'timespan') || textOf(section, 'timeframe');
  const match = /^(\d{1,9})([smhdwMy])$/.exec(text);
  const span = match === null ? Number.NaN : Number(match[1]) * (unitMs[match[2] ?? ''] ?? Number.NaN);
  if (!(span > 0) || span > longestSpanMs) {
    throw new RuleProblem(section.line, `"timespan: ${text}" is not a time like 30s, 5m, 1h or 7d, at most 366d`);
  }
  return span;
}

function readAliases(section: YamlMap): SigmaCorrelation['aliases'] {
  const entry = entryOf(section, 'aliases');
  const aliases: SigmaCorrelation['aliases'] = new Map();
  if (entry === undefined || (entry.value.kind === 'scalar' && entry.value.value === null)) return aliases;
  if (entry.value.kind !== 'map') throw new RuleProblem(entry.line, '"aliases" must be a map');
  for (const { key, line, value } of entry.value.entries) {
    if (value.kind !== 'map') throw new RuleProblem(line, `the alias "${key}" must say rule: field`);
    const fields = value.entries.map(({ key: rule }) => [rule, textOf(value, rule)] as const);
    if (fields.some(([, field]) => field === ''))
      throw new RuleProblem(line, `the alias "${key}" must say rule: field`);
    aliases.set(key, new Map(fields));
  }
  return aliases;
}

import type { LogSource } from '@throughline/model';
import { anyOf, type Expression, negated, rewritten } from '../predicate/expression.ts';
import type { Placeholders } from '../value/placeholder.ts';
import { readCondition } from './condition.ts';
import type { RuleHead, SigmaFilter, SigmaRule } from './rule.ts';
import { readSearchIdentifiers } from './search-identifier.ts';
import { RuleProblem, type YamlMap } from './yaml-node.ts';
import { entryOf, sectionOf, textOf, textsOf } from './yaml-read.ts';

/** @throws RuleProblem with the line of what cannot be used */
export function readRule(map: YamlMap, head: RuleHead, placeholders: Placeholders): SigmaRule {
  const section = sectionOf(map, 'detection');
  const detection = conditionOf(section, readSearchIdentifiers(section, placeholders));
  return { ...head, kind: 'rule', logSource: readLogSource(sectionOf(map, 'logsource')), detection };
}

/** @throws RuleProblem with the line of what cannot be used */
export function readFilter(map: YamlMap, head: RuleHead, placeholders: Placeholders): SigmaFilter {
  const section = sectionOf(map, 'filter');
  const names = textsOf(section, 'rules');
  if (names.length === 0) throw new RuleProblem(section.line, 'the filter names no rules; "any" reaches all');
  const identifiers = readSearchIdentifiers(section, placeholders, ['condition', 'rules']);
  const condition = conditionOf(section, identifiers);
  // Filters are written in two ways: as what to leave out (`selection`), or as what rules must also fulfil
  // (`not selection`). The second kind holds for an event that none of its selections knows.
  const nothing = rewritten(condition, () => ({ kind: 'constant', value: false }));
  const keeps = nothing.kind === 'constant' && nothing.value;
  return {
    ...head,
    kind: 'filter',
    logSource: readLogSource(sectionOf(map, 'logsource')),
    rules: names.some((name) => name.toLowerCase() === 'any') ? 'any' : names,
    suppresses: keeps ? negated(condition) : condition,
  };
}

function conditionOf(section: YamlMap, identifiers: ReadonlyMap<string, Expression>): Expression {
  const entry = entryOf(section, 'condition');
  if (entry === undefined) throw new RuleProblem(section.line, 'there is no "condition"');
  const texts = textsOf(section, 'condition');
  if (texts.length === 0) throw new RuleProblem(entry.line, 'the condition is empty');
  try {
    return anyOf(texts.map((text) => readCondition(text, identifiers)));
  } catch (error) {
    throw new RuleProblem(entry.line, (error as Error).message);
  }
}

function readLogSource(section: YamlMap): LogSource {
  const part = (key: string) => textOf(section, key).toLowerCase() || undefined;
  const logSource = { product: part('product'), category: part('category'), service: part('service') };
  if (logSource.product === undefined && logSource.category === undefined && logSource.service === undefined) {
    throw new RuleProblem(section.line, '"logsource" names no product, category or service');
  }
  return logSource;
}

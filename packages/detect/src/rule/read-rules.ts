import type { Placeholders } from '../value/placeholder.ts';
import { readCorrelation } from './read-correlation.ts';
import { readFilter, readRule } from './read-rule.ts';
import type { RuleFault, RuleFile, RuleHead, RuleSet } from './rule.ts';
import { readRuleHead } from './rule-head.ts';
import { RuleProblem, type YamlMap, type YamlNode, yamlDocuments } from './yaml-node.ts';
import { entryOf, textOf } from './yaml-read.ts';

export type ReadOptions = {
  /** What `%placeholders%` after `expand` stand for; a rule with any other is a fault. */
  placeholders?: Placeholders;
};

/**
 * Reads Sigma rules, correlations and filters (specification 2.1), several documents a file. What cannot be used becomes a
 * fault with file, line and reason and stops nothing else; a document that is no Sigma at all is passed over. Of two rules
 * with one id the first is kept. Never throws for what the files hold.
 */
export function readRules(files: Iterable<RuleFile>, { placeholders = {} }: ReadOptions = {}): RuleSet {
  const set: RuleSet = { rules: [], correlations: [], filters: [], faults: [] };
  const ids = new Map<string, RuleHead>();
  for (const { path, text } of files) {
    for (const document of yamlDocuments(text)) {
      if (document instanceof RuleProblem) set.faults.push({ path, line: document.line, reason: document.message });
      else if (isSigma(document)) readDocument(document, path, set, ids, placeholders);
    }
  }
  return set;
}

function isSigma(document: YamlNode): document is YamlMap {
  const keys = ['title', 'logsource', 'detection', 'correlation', 'filter'];
  return document.kind === 'map' && document.entries.some(({ key }) => keys.includes(key));
}

function readDocument(
  map: YamlMap,
  path: string,
  set: RuleSet,
  ids: Map<string, RuleHead>,
  placeholders: Placeholders,
): void {
  try {
    const head = readRuleHead(map, path);
    const first = ids.get(head.id);
    if (first !== undefined) {
      throw new RuleProblem(map.line, `the id ${head.id} belongs to "${first.title}" in ${first.path} already`);
    }
    if (entryOf(map, 'correlation') !== undefined) set.correlations.push(readCorrelation(map, head));
    else if (entryOf(map, 'filter') !== undefined) set.filters.push(readFilter(map, head, placeholders));
    else set.rules.push(readRule(map, head, placeholders));
    ids.set(head.id, head);
  } catch (error) {
    set.faults.push(faultOf(error, map, path));
  }
}

function faultOf(error: unknown, map: YamlMap, path: string): RuleFault {
  const problem = error instanceof RuleProblem ? error : new RuleProblem(map.line, (error as Error).message);
  const id = textOf(map, 'id');
  const title = textOf(map, 'title');
  return {
    path,
    line: problem.line,
    reason: problem.message,
    ...(id === '' ? {} : { ruleId: id }),
    ...(title === '' ? {} : { title }),
  };
}

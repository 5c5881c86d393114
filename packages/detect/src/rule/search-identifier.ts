import { allOf, anyOf, type Expression } from '../predicate/expression.ts';
import type { Placeholders } from '../value/placeholder.ts';
import { readFieldItem, readKeyword } from './field-item.ts';
import { RuleProblem, type YamlMap, type YamlNode } from './yaml-node.ts';

/** Names that stand beside search identifiers without being one. */
const notIdentifiers = ['condition', 'timeframe'];

/**
 * The search identifiers of a `detection` section by name: maps hold when all their entries do, lists when one of theirs
 * does, plain texts are keywords.
 * @throws RuleProblem with the line of what cannot be used
 */
export function readSearchIdentifiers(
  section: YamlMap,
  placeholders: Placeholders,
  ignored: readonly string[] = notIdentifiers,
): Map<string, Expression> {
  const found = new Map<string, Expression>();
  for (const { key, line, value } of section.entries) {
    if (ignored.includes(key)) continue;
    if (found.has(key)) throw new RuleProblem(line, `the search identifier "${key}" is there twice`);
    found.set(key, readSearch(value, placeholders));
  }
  return found;
}

function readSearch(node: YamlNode, placeholders: Placeholders): Expression {
  if (node.kind === 'scalar') return readKeyword(node, placeholders);
  if (node.kind === 'map') {
    if (node.entries.length === 0) throw new RuleProblem(node.line, 'a search identifier is empty');
    return allOf(node.entries.map((entry) => readFieldItem(entry, placeholders)));
  }
  if (node.items.length === 0) throw new RuleProblem(node.line, 'a search identifier is empty');
  return anyOf(node.items.map((item) => readSearch(item, placeholders)));
}

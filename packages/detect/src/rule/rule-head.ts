import { type RuleHead, type RuleLevel, ruleLevels } from './rule.ts';
import { RuleProblem, type YamlMap } from './yaml-node.ts';
import { textOf, textsOf } from './yaml-read.ts';

const techniqueTag = /^attack\.(t\d{4}(?:\.\d{3})?)$/i;
const tacticTag = /^attack\.([a-z][a-z_-]+)$/i;

/** @throws RuleProblem when the title or a level is not what it must be */
export function readRuleHead(map: YamlMap, path: string): RuleHead {
  const title = textOf(map, 'title');
  if (title === '') throw new RuleProblem(map.line, 'there is no "title"');
  const level = textOf(map, 'level').toLowerCase() || 'medium';
  if (!ruleLevels.includes(level as RuleLevel)) {
    throw new RuleProblem(map.line, `"${level.slice(0, 50)}" is no level; they are ${ruleLevels.join(', ')}`);
  }
  const tags = textsOf(map, 'tags').map((tag) => tag.trim());
  const name = textOf(map, 'name');
  return {
    id: textOf(map, 'id') || `${path}:${map.line}`,
    ...(name === '' ? {} : { name }),
    title: title.slice(0, 256),
    author: textsOf(map, 'author').join(', '),
    license: textOf(map, 'license'),
    level: level as RuleLevel,
    status: textOf(map, 'status'),
    description: textOf(map, 'description'),
    date: textOf(map, 'date'),
    modified: textOf(map, 'modified'),
    tags,
    tactics: unique(tags.flatMap((tag) => tacticTag.exec(tag)?.[1]?.toLowerCase().replaceAll('_', '-') ?? [])),
    techniques: unique(tags.flatMap((tag) => techniqueTag.exec(tag)?.[1]?.toUpperCase() ?? [])),
    references: textsOf(map, 'references'),
    falsePositives: textsOf(map, 'falsepositives'),
    recommendation: textOf(map, 'recommendation'),
    fields: textsOf(map, 'fields'),
    path,
    line: map.line,
  };
}

// `attack.g0016` and `attack.s0002` are groups and software; the pattern of tactics has no digits.
function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

import { RuleProblem, type YamlEntry, type YamlMap, type YamlNode } from './yaml-node.ts';

/** The entry of a map by name. */
export function entryOf(map: YamlMap, key: string): YamlEntry | undefined {
  return map.entries.find((entry) => entry.key === key);
}

/** A text of the map; "" when it is absent or no text. */
export function textOf(map: YamlMap, key: string): string {
  const value = entryOf(map, key)?.value;
  return value?.kind === 'scalar' ? value.text.trim() : '';
}

/** The texts under a key, written as a list or alone. */
export function textsOf(map: YamlMap, key: string): string[] {
  const value = entryOf(map, key)?.value;
  if (value === undefined) return [];
  const items = value.kind === 'list' ? value.items : [value];
  return items.flatMap((item) => (item.kind === 'scalar' && item.text !== '' ? [item.text] : []));
}

/** @throws RuleProblem when the section is absent or no map */
export function sectionOf(map: YamlMap, key: string): YamlMap {
  const entry = entryOf(map, key);
  if (entry === undefined) throw new RuleProblem(map.line, `there is no "${key}"`);
  if (entry.value.kind !== 'map') throw new RuleProblem(entry.line, `"${key}" must be a map`);
  return entry.value;
}

/** @throws RuleProblem when the entry is no number */
export function numberOf(key: string, node: YamlNode): number {
  const value = node.kind === 'scalar' ? (typeof node.value === 'number' ? node.value : Number(node.text || 'x')) : NaN;
  if (!Number.isFinite(value)) throw new RuleProblem(node.line, `"${key}" must be a number`);
  return value;
}

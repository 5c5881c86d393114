export type TraitPrefix = 'os' | 'policy';

/** A trait as it is stored and searched: the prefix and the first 200 characters, for an index entry has a size limit. */
export function traitWord(prefix: TraitPrefix, value: string): string {
  return `${prefix}:${[...value.slice(0, 400).replaceAll('\0', '')].slice(0, 200).join('')}`;
}

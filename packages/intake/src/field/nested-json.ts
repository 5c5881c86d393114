import { deeperThan, mayHoldUnstorable, storableDeep } from './hostile.ts';

const levels = 32;

/** JSON held in a text field (CSV cells, Splunk's `_raw`): the parsed value, the value itself when it is no text, `undefined` when it is no JSON or too deep. */
export function nestedJson(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const first = value.trimStart()[0];
  if (first !== '{' && first !== '[') return undefined;
  try {
    const parsed: unknown = JSON.parse(value);
    if (deeperThan(parsed, levels)) return undefined;
    return mayHoldUnstorable(value) ? storableDeep(parsed) : parsed;
  } catch {
    return undefined;
  }
}

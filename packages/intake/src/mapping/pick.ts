import { type Fields, isFields, text } from '../field/value.ts';

type Scalar = string | number | boolean;

/**
 * Where a value comes from: a path, several paths of which the first that is there counts, a fixed value, or a path
 * with a table of translations and a default.
 */
export type Pick = string | string[] | { value: Scalar } | PickBy;
export type PickBy = { path: string | string[]; map?: Record<string, Scalar>; default?: Scalar };

/**
 * The value at a dotted path; a number is a place in a list ("hosts.0.name"). A key that itself holds dots is found too.
 * Only a record's own properties count.
 */
export function valueAt(record: unknown, path: string): unknown {
  let here: unknown = record;
  let rest = path;
  for (;;) {
    if (!isFields(here) && !Array.isArray(here)) return undefined;
    if (Object.hasOwn(here, rest)) return (here as Fields)[rest];
    const dot = rest.indexOf('.');
    if (dot < 0) return undefined;
    const key = rest.slice(0, dot);
    if (!Object.hasOwn(here, key)) return undefined;
    here = (here as Fields)[key];
    rest = rest.slice(dot + 1);
  }
}

/** What `pick` takes from the record; `undefined` when nothing is there. */
export function take(record: unknown, pick: Pick): unknown {
  if (typeof pick === 'string') return valueAt(record, pick);
  if (Array.isArray(pick)) {
    for (const path of pick) {
      const found = valueAt(record, path);
      if (found !== undefined && found !== null && found !== '') return found;
    }
    return undefined;
  }
  if ('value' in pick) return pick.value;
  const found = take(record, pick.path);
  const key = text(found);
  if (pick.map !== undefined && key !== null && Object.hasOwn(pick.map, key)) return pick.map[key];
  if (pick.map !== undefined || key === null) return pick.default ?? (pick.map === undefined ? found : undefined);
  return found;
}

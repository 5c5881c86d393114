/** How a field name finds its value: as one key, or else by its dots into nested objects. */
export type FieldPath = {
  name: string;
  parts: readonly string[] /** Also a name that every object inherits. */;
  inherited: boolean;
};

export function fieldPath(name: string): FieldPath {
  const parts = name.includes('.') ? name.split('.') : [];
  return { name, parts, inherited: name in Object.prototype || parts.some((part) => part in Object.prototype) };
}

/** The value of a field, undefined when it is absent. Through arrays on the way, the values of all their elements. */
export function valueAt(fields: Readonly<Record<string, unknown>>, path: FieldPath): unknown {
  if (path.inherited) return Object.hasOwn(fields, path.name) ? fields[path.name] : nested(fields, path.parts, 0);
  const value = fields[path.name];
  return value !== undefined || path.parts.length === 0 ? value : nested(fields, path.parts, 0);
}

function nested(from: unknown, parts: readonly string[], at: number): unknown {
  let value = from;
  for (let part = at; part < parts.length; part++) {
    if (typeof value !== 'object' || value === null) return undefined;
    if (Array.isArray(value)) {
      const found = value.map((element) => nested(element, parts, part)).filter((one) => one !== undefined);
      return found.length === 0 ? undefined : found.flat();
    }
    // Sources also write the tail of a path as one key: `{"userIdentity": {"sessionContext.mfa": …}}`.
    const name = parts[part] as string;
    if (!Object.hasOwn(value, name)) {
      const rest = parts.slice(part).join('.');
      return part < parts.length - 1 && Object.hasOwn(value, rest)
        ? (value as Record<string, unknown>)[rest]
        : undefined;
    }
    value = (value as Record<string, unknown>)[name];
  }
  return parts.length === 0 ? undefined : value;
}

/** A value as the text that rules compare; undefined for absent and null. Objects are their JSON. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'object') return jsonOf(value);
  return typeof value === 'function' || typeof value === 'symbol' ? undefined : String(value);
}

function jsonOf(value: object): string | undefined {
  try {
    return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner));
  } catch {
    return undefined;
  }
}

/** Levels of nesting in which keywords are looked for. */
const deepest = 64;

/** Calls `visit` with every text of a value and of what it holds. Numbers and booleans are given when `scalars` asks for them. */
export function visitTexts(value: unknown, scalars: boolean, visit: (text: string) => void, depth = 0): void {
  if (typeof value === 'string') visit(value);
  else if (typeof value === 'object' && value !== null) {
    if (depth >= deepest) return;
    if (Array.isArray(value)) for (const element of value) visitTexts(element, scalars, visit, depth + 1);
    else for (const key in value) visitTexts((value as Record<string, unknown>)[key], scalars, visit, depth + 1);
  } else if (scalars && value !== null && value !== undefined) {
    const text = textOf(value);
    if (text !== undefined) visit(text);
  }
}

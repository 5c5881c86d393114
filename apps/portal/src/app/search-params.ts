/** Search parameters are flat text, so that an address stays readable: `?severity=high,medium&q=mimikatz`. */
export function parseSearch(text: string): Record<string, string> {
  const search: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    if (name !== '__proto__') search[name] = value;
  }
  return search;
}

/** The reverse of `parseSearch`; commas, colons and slashes stay legible. */
export function writeSearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (value !== undefined && value !== null) params.append(name, String(value));
  }
  const text = params.toString().replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%2F', '/');
  return text === '' ? '' : `?${text}`;
}

/** A list as one parameter. A comma within an item becomes `~1`, a tilde `~0`. */
export function writeList(items: readonly string[]): string {
  return items.map((item) => item.replaceAll('~', '~0').replaceAll(',', '~1')).join(',');
}

export function readList(text: string): string[] {
  return text
    .split(',')
    .filter((item) => item !== '')
    .map((item) => item.replaceAll('~1', ',').replaceAll('~0', '~'));
}

/** Reads one text parameter if it is there and no longer than `most`; for routes with a single parameter. */
export function textParam<K extends string>(
  search: Record<string, unknown>,
  name: K,
  most: number,
): { [key in K]?: string } {
  const value = search[name];
  return (typeof value === 'string' && value !== '' && value.length <= most ? { [name]: value } : {}) as {
    [key in K]?: string;
  };
}

/** Keeps the parameters in `names` that are text of a sane length; drops the rest. */
export function pickText<K extends string>(
  search: Record<string, unknown>,
  names: readonly K[],
): { [key in K]?: string } {
  const picked: { [key in K]?: string } = {};
  for (const name of names) Object.assign(picked, textParam(search, name, 2_000));
  return picked;
}

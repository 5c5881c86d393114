/** Header fields of one CEF message. */
export type CefHeader = {
  version: string;
  vendor: string;
  product: string;
  deviceVersion: string;
  signatureId: string;
  name: string;
  severity: string;
};

/**
 * Splits a CEF message at its seven unescaped pipes. In the header `\|` is a pipe and `\\` a backslash.
 * Returns `null` when there are fewer.
 */
export function splitCef(message: string): { header: CefHeader; extension: string } | null {
  const parts: string[] = [];
  let part = '';
  let i = message.indexOf(':') + 1;
  for (; i < message.length && parts.length < 7; i++) {
    const c = message[i];
    if (c === '\\' && (message[i + 1] === '|' || message[i + 1] === '\\')) part += message[++i];
    else if (c === '|') {
      parts.push(part.trim());
      part = '';
    } else part += c;
  }
  if (parts.length === 6) parts.push(part.trim());
  if (parts.length < 7) return null;
  const [version = '', vendor = '', product = '', deviceVersion = '', signatureId = '', name = '', severity = ''] =
    parts;
  return {
    header: { version, vendor, product, deviceVersion, signatureId, name, severity },
    extension: message.slice(i),
  };
}

/** A key starts the extension or follows a space; its "=" is not escaped. Keys are letters, digits and `_ . - [ ]`. */
const key = /(?:^|\s)([A-Za-z0-9_.\-[\]]+)=/g;

/**
 * Reads `key=value key=value`: a value runs to the next key; `\=` is an equals sign, `\\` a backslash, `\n` and `\r` line
 * breaks. A repeated key keeps its last value. Custom fields are named by their labels as well (`cs1Label=Safe`).
 */
export function readExtension(extension: string): Map<string, string> {
  const found = new Map<string, string>();
  let name: string | null = null;
  let start = 0;
  key.lastIndex = 0;
  for (let match = key.exec(extension); match !== null; match = key.exec(extension)) {
    if (name !== null) found.set(name, unescaped(extension.slice(start, match.index)));
    name = match[1] ?? '';
    start = match.index + match[0].length;
    // The space before the next key may be the one right after this "=".
    key.lastIndex = start;
  }
  if (name !== null) found.set(name, unescaped(extension.slice(start)));
  return found;
}

function unescaped(value: string): string {
  const trimmed = value.trim();
  if (!trimmed.includes('\\')) return trimmed;
  return trimmed.replace(/\\([\\=nr|])/g, (_, c: string) => (c === 'n' ? '\n' : c === 'r' ? '\r' : c));
}

/** Custom fields under their labels: `cs1Label=Safe cs1=Payroll` gives Safe → Payroll. */
export function labelledFields(extension: ReadonlyMap<string, string>): Record<string, string> {
  const found: [string, string][] = [];
  for (const [name, label] of extension) {
    if (!name.endsWith('Label') || label === '') continue;
    const value = extension.get(name.slice(0, -5));
    if (value !== undefined && value !== '') found.push([label.replace(/^"|"$/g, ''), value.replace(/^"|"$/g, '')]);
  }
  return Object.fromEntries(found);
}

// PostgreSQL's text holds neither NUL nor half a surrogate pair; JSON.stringify writes both as escapes.
const unstorable = /\\(?:\\|u0000|ud[89a-f][0-9a-f]{2})/g;

/** Text as PostgreSQL can hold it: NUL and lone surrogates, which are no text, become U+FFFD. */
export function storableText(text: string): string {
  return text.replaceAll('\0', '\ufffd').toWellFormed();
}

/** JSON from `JSON.stringify` as PostgreSQL can hold it: the same for every text in it. */
export function storableJson(json: string): string {
  if (!json.includes('\\u')) return json;
  return json.replace(unstorable, (found) => (found === '\\\\' ? found : '\\ufffd'));
}

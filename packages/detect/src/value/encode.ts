/** A text as UTF-16 in the byte order given, each byte a character; `mark` puts the byte order mark before it. */
export function utf16(text: string, order: 'le' | 'be', mark: boolean): string {
  let bytes = mark ? '\u00ff\u00fe' : '';
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const low = String.fromCharCode(unit & 0xff);
    const high = String.fromCharCode(unit >> 8);
    bytes += order === 'le' ? low + high : high + low;
  }
  return bytes;
}

/** The UTF-8 bytes of a text, each a character. */
export function utf8(text: string): string {
  let bytes = '';
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte);
  return bytes;
}

/** Base64 of bytes, each a character. */
export function base64(bytes: string): string {
  return btoa(bytes);
}

/** What of the Base64 of `bytes` is the same wherever they stand in what was encoded: one text for each offset 0, 1, 2. */
export function base64Offsets(bytes: string): string[] {
  const firstOwn = [0, 2, 3];
  const lastOwn = [undefined, -3, -2];
  return [0, 1, 2].map((offset) =>
    btoa(' '.repeat(offset) + bytes).slice(firstOwn[offset], lastOwn[(bytes.length + offset) % 3]),
  );
}

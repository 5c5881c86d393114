/**
 * Text of a body: UTF-8 or UTF-16 by byte order mark, UTF-16 also by its look; invalid sequences become U+FFFD. Ends
 * with the text before an error of the source, then throws that error.
 */
export async function* decodeText(source: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  try {
    for await (const chunk of source) {
      decoder ??= new TextDecoder(encodingOf(chunk));
      const text = decoder.decode(chunk, { stream: true });
      if (text !== '') yield text;
    }
  } catch (error) {
    const rest = decoder?.decode() ?? '';
    if (rest !== '') yield rest;
    throw error;
  }
  const rest = decoder?.decode() ?? '';
  if (rest !== '') yield rest;
}

/** Without a mark, JSON and lines start with an ASCII character: a zero beside it tells UTF-16. */
function encodingOf(head: Uint8Array): string {
  const [a, b, c, d] = head;
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a !== undefined && a > 0 && a < 0x80 && b === 0 && c !== 0 && d === 0) return 'utf-16le';
  if (a === 0 && b !== undefined && b > 0 && b < 0x80 && c === 0 && d !== 0) return 'utf-16be';
  return 'utf-8';
}

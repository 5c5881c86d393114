const jsonOid = 114;

/**
 * JSON texts as a `json[]` parameter in PostgreSQL's binary format, which pg sends a `Buffer` as: the server reads each
 * text once, where an array literal or one enclosing JSON document would be read two or three times.
 */
export function jsonArray(texts: readonly string[]): Buffer {
  const lengths = texts.map((text) => Buffer.byteLength(text));
  const dimensions = texts.length === 0 ? 0 : 1;
  const size = lengths.reduce((sum, length) => sum + 4 + length, 12 + 8 * dimensions);
  const buffer = Buffer.allocUnsafe(size);
  let at = buffer.writeInt32BE(dimensions, 0);
  at = buffer.writeInt32BE(0, at);
  at = buffer.writeInt32BE(jsonOid, at);
  if (dimensions === 1) {
    at = buffer.writeInt32BE(texts.length, at);
    at = buffer.writeInt32BE(1, at);
  }
  texts.forEach((text, index) => {
    at = buffer.writeInt32BE(lengths[index] as number, at);
    at += buffer.write(text, at);
  });
  return buffer;
}

/** FNV-1a over UTF-16 code units, two lanes: a fingerprint for comparing states, not for security. 16 hex digits. */
export function hashLines(lines: Iterable<string>): string {
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (const line of lines) {
    for (let i = 0; i < line.length; i++) {
      const code = line.charCodeAt(i);
      a = Math.imul(a ^ code, 0x01000193);
      b = Math.imul(b ^ (code + 0x9e37), 0x85ebca6b);
    }
    a = Math.imul(a ^ 10, 0x01000193);
    b = Math.imul(b ^ 10, 0x85ebca6b);
  }
  return [a, b].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}

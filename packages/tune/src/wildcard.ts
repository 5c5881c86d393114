const anyText = '*';
const anyOne = '?';

/**
 * Compiles a pattern in which `*` stands for any text and `?` for one UTF-16 code unit; all else is literal. The result
 * says whether a whole text fits. It runs all ways through the pattern at once, one bit each, and so looks at every
 * character of the text once: no pattern makes it slow.
 */
export function wildcard(pattern: string): (text: string) => boolean {
  const tokens: string[] = [];
  const starred = new Set<number>();
  for (const unit of pattern.split('')) {
    if (unit === anyText) starred.add(tokens.length);
    else tokens.push(unit);
  }
  const size = (tokens.length >> 5) + 1;
  const bits = (wanted: (at: number) => boolean, count: number): Uint32Array => {
    const words = new Uint32Array(size);
    for (let at = 0; at < count; at++) if (wanted(at)) words[at >> 5] = (words[at >> 5] ?? 0) | (1 << (at & 31));
    return words;
  };
  const loops = bits((at) => starred.has(at), tokens.length + 1);
  const others = bits((at) => tokens[at] === anyOne, tokens.length);
  const steps = new Map<number, Uint32Array>();
  for (const token of tokens) {
    const take = bits((at) => tokens[at] === anyOne || tokens[at] === token, tokens.length);
    if (token !== anyOne) steps.set(token.charCodeAt(0), take);
  }
  const lead = /^[^*?]*/.exec(pattern)?.[0] ?? '';
  return (text) => {
    if (!text.startsWith(lead)) return false;
    const now = new Uint32Array(size);
    now[0] = 1;
    for (let i = 0; i < text.length; i++) {
      const step = steps.get(text.charCodeAt(i)) ?? others;
      let carry = 0;
      let alive = 0;
      for (let w = 0; w < size; w++) {
        const before = now[w] ?? 0;
        const moved = before & (step[w] ?? 0);
        const after = ((moved << 1) | carry | (before & (loops[w] ?? 0))) >>> 0;
        carry = moved >>> 31;
        now[w] = after;
        alive |= after;
      }
      if (alive === 0) return false;
    }
    return (((now[tokens.length >> 5] ?? 0) >>> (tokens.length & 31)) & 1) === 1;
  };
}

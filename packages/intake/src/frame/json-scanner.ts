/** Where a scan of JSON text stands: nesting, and whether inside a string. Grammar is not checked; JSON.parse does that. */
export class JsonScanner {
  depth = 0;
  #inString = false;

  /**
   * Scans `text` from `from`. Returns the index just after the character that brings the depth back to `floor`, or −1
   * at the end of the text. A line break inside a string ends it: JSON strings have none, so a quote was lost.
   */
  scan(text: string, from: number, floor = 0): number {
    let i = from;
    let lineBreak = -2;
    while (i < text.length) {
      if (this.#inString) {
        const quote = text.indexOf('"', i);
        if (lineBreak !== -1 && lineBreak < i) lineBreak = text.indexOf('\n', i);
        if (lineBreak >= 0 && (quote < 0 || lineBreak < quote)) {
          this.#inString = false;
          i = lineBreak + 1;
          continue;
        }
        if (quote < 0) {
          // An escape may be cut in two by the end of the text: leave trailing backslashes to the next scan.
          return -1;
        }
        i = quote + 1;
        if (!escapedAt(text, quote)) this.#inString = false;
        continue;
      }
      const c = text.charCodeAt(i++);
      if (c === 34) this.#inString = true;
      else if (c === 123 || c === 91) this.depth++;
      else if (c === 125 || c === 93) {
        this.depth--;
        if (this.depth <= floor) return i;
      }
    }
    return -1;
  }
}

function escapedAt(text: string, quote: number): boolean {
  let slashes = 0;
  for (let i = quote - 1; i >= 0 && text.charCodeAt(i) === 92; i--) slashes++;
  return slashes % 2 === 1;
}

import type { IntakeLimits } from '../limits.ts';
import { type Frame, jsonFrame, malformed } from './frame.ts';
import { JsonScanner } from './json-scanner.ts';

type Line = { line: number; text: string };
type Open = { lines: Line[]; scanner: JsonScanner; size: number };

/**
 * Turns lines into records: a JSON value a line, several on a line, one over many lines (pretty-printed), or a text
 * line. A value left open is given up when a new record plainly starts on the next line, at the end, or at the size
 * limit; its lines are then read one by one, so that a cut line costs itself only.
 */
export class LineAssembler {
  readonly #limits: IntakeLimits;
  #open: Open | null = null;
  /** After a value was given up, none is assembled over lines any more: the body is not to be trusted that far. */
  #salvaging: boolean;
  #junk: { line: number; parts: string[]; size: number } | null = null;

  constructor(limits: IntakeLimits, salvaging = false) {
    this.#limits = limits;
    this.#salvaging = salvaging;
  }

  /** The records that `text`, the line numbered `line`, completes. */
  push(line: number, text: string, out: Frame[]): void {
    // A failed JSON.parse is dear: what does not end like an object is not even tried.
    const looksWhole = text.charCodeAt(0) === 123 && /\}\s*$/.test(text.slice(-8));
    if (this.#open === null && this.#junk === null && looksWhole) {
      try {
        out.push({ line, text, value: JSON.parse(text) as unknown });
        return;
      } catch {
        // Several values on the line, the start of a longer one, or broken: told apart below.
      }
    }
    if (this.#open !== null && this.#startsAnew(this.#open, text)) this.#giveUp(out);
    if (this.#open === null) this.#fresh(line, text, out);
    else this.#continue(this.#open, line, text, out);
  }

  /** The records the end of the body completes. */
  end(out: Frame[]): void {
    if (this.#open !== null) this.#giveUp(out);
    this.#endJunk(out);
  }

  #startsAnew(open: Open, text: string): boolean {
    if (!text.startsWith('{')) return false;
    for (let i = open.lines.length - 1; i >= 0; i--) {
      const before = open.lines[i]?.text.trimEnd() ?? '';
      if (before !== '') return !/[[,:]$/.test(before);
    }
    return true;
  }

  #fresh(line: number, text: string, out: Frame[]): void {
    const trimmed = text.trim();
    if (trimmed === '') return;
    if (this.#salvaging && /^["}\],]/.test(trimmed)) {
      this.#addJunk(line, text);
      return;
    }
    this.#endJunk(out);
    if (!/^(\{|\[\s*(["{[\]]|$))/.test(trimmed)) {
      out.push({ line, text: trimmed, isLine: true });
      return;
    }
    const scanner = new JsonScanner();
    let from = text.indexOf(trimmed);
    while (from < text.length) {
      const end = scanner.scan(text, from);
      if (end < 0) break;
      out.push(jsonFrame(line, text.slice(from, end)));
      from = end;
      while (from < text.length && /[\s,]/.test(text[from] as string)) from++;
      scanner.depth = 0;
      if (from < text.length && text[from] !== '{' && text[from] !== '[') {
        if (!this.#salvaging || !/^[\]}\s]*$/.test(text.slice(from))) {
          out.push(malformed(line, text.slice(from), 'text after a JSON value'));
        }
        return;
      }
    }
    if (from >= text.length) return;
    const rest = text.slice(from);
    if (this.#salvaging) out.push(malformed(line, rest, 'the JSON value is not closed'));
    else {
      scanner.scan('\n', 0);
      this.#open = { lines: [{ line, text: rest }], scanner, size: rest.length };
    }
  }

  #continue(open: Open, line: number, text: string, out: Frame[]): void {
    const end = open.scanner.scan(`${text}\n`, 0);
    open.size += text.length + 1;
    if (end < 0) {
      open.lines.push({ line, text });
      if (open.size > this.#limits.documentBytes) this.#giveUp(out);
      return;
    }
    open.lines.push({ line, text: text.slice(0, end) });
    const whole = open.lines.map((one) => one.text).join('\n');
    const frame = jsonFrame(open.lines[0]?.line ?? line, whole);
    if (frame.problem === undefined) {
      this.#open = null;
      out.push(frame);
    } else this.#giveUp(out, frame.problem.detail);
    const rest = text.slice(end).replace(/^[\s,]+/, '');
    if (rest !== '') this.#fresh(line, rest, out);
  }

  #giveUp(out: Frame[], why = 'the JSON value is not closed'): void {
    const lines = this.#open?.lines ?? [];
    this.#open = null;
    this.#salvaging = true;
    for (const { line, text } of lines) {
      const candidate = text.trim().replace(/,$/, '');
      const frame = candidate.startsWith('{') && candidate.endsWith('}') ? jsonFrame(line, candidate) : null;
      if (frame === null || frame.problem !== undefined) this.#addJunk(line, text);
      else {
        this.#endJunk(out, why);
        out.push(frame);
      }
    }
    this.#endJunk(out, why);
  }

  #addJunk(line: number, text: string): void {
    this.#junk ??= { line, parts: [], size: 0 };
    if (this.#junk.size < this.#limits.recordBytes) this.#junk.parts.push(text);
    this.#junk.size += text.length;
  }

  #endJunk(out: Frame[], why = 'part of no JSON value'): void {
    const junk = this.#junk;
    this.#junk = null;
    if (junk === null) return;
    const text = junk.parts.join('\n');
    // Closing brackets alone are what is left of a list around the records; they hold none.
    if (!/^[\s\]},]*$/.test(text)) out.push(malformed(junk.line, text, why));
  }
}

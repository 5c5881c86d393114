import type { Frame } from './frame.ts';

type Heading = {
  names: string[];
  types: string[];
  path: string;
  separator: string;
  set: string;
  empty: string;
  unset: string;
};

/**
 * Reads Zeek's tab-separated logs: the lines under a `#fields` heading become records keyed by its names, `_path` naming
 * the log, typed by `#types`; the `#` lines are the file's own and no records. Other frames pass as they are.
 */
export async function* readZeekTsv(batches: AsyncIterable<Frame[]>): AsyncGenerator<Frame[]> {
  let heading: Heading | null = null;
  for await (const batch of batches) {
    if (heading === null && !batch.some((frame) => frame.isLine === true && frame.text.startsWith('#separator '))) {
      yield batch;
      continue;
    }
    const out: Frame[] = [];
    for (const frame of batch) {
      if (frame.isLine !== true) out.push(frame);
      else if (frame.text.startsWith('#separator ')) heading = emptyHeading(frame.text.slice(11));
      else if (heading !== null && frame.text.startsWith('#')) setHeading(heading, frame.text);
      else out.push(heading === null ? frame : recordOf(heading, frame));
    }
    yield out;
  }
}

function emptyHeading(written: string): Heading {
  const separator = written.replace(/\\x([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return {
    names: [],
    types: [],
    path: '',
    separator: separator === '' ? '\t' : separator,
    set: ',',
    empty: '(empty)',
    unset: '-',
  };
}

function setHeading(heading: Heading, line: string): void {
  const [name, ...values] = line.split(heading.separator);
  if (name === '#fields') heading.names = values.slice(0, 1000);
  else if (name === '#types') heading.types = values;
  else if (name === '#path') heading.path = values[0] ?? '';
  else if (name === '#set_separator') heading.set = values[0] || ',';
  else if (name === '#empty_field') heading.empty = values[0] ?? '(empty)';
  else if (name === '#unset_field') heading.unset = values[0] ?? '-';
}

function recordOf(heading: Heading, frame: Frame): Frame {
  if (heading.names.length === 0) return frame;
  const entries: [string, unknown][] = [['_path', heading.path]];
  const cells = frame.text.split(heading.separator);
  for (let i = 0; i < heading.names.length; i++) {
    const cell = cells[i];
    if (cell === undefined || cell === heading.unset) continue;
    entries.push([heading.names[i] as string, cellOf(heading, heading.types[i] ?? 'string', cell)]);
  }
  // fromEntries defines own properties, so a column called "__proto__" stays data.
  const value = Object.fromEntries(entries);
  return { line: frame.line, text: JSON.stringify(value), value };
}

function cellOf(heading: Heading, type: string, cell: string): unknown {
  if (/^(?:set|vector)\[/.test(type)) {
    const inner = type.slice(type.indexOf('[') + 1, -1);
    return cell === heading.empty ? [] : cell.split(heading.set).map((item) => cellOf(heading, inner, item));
  }
  if (cell === heading.empty) return '';
  if (type === 'bool') return cell === 'T';
  if (/^(?:count|int|port|double|interval|time)$/.test(type)) {
    const found = Number(cell);
    return Number.isFinite(found) ? found : cell;
  }
  return cell.replace(/\\x([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

import type { Fields } from '../../field/value.ts';
import { Refused } from '../../outcome.ts';

const start = /^\s*(?:<\?xml[^>]*\?>\s*)?<Event[\s>]/;
const tag =
  /<(\/?)([A-Za-z_][\w.:-]*)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->/g;
const attributes = /([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const levels = 16;

/** True when a text is one Windows event as XML. */
export function isEventXml(text: string): boolean {
  return start.test(text.slice(0, 512));
}

type Element = { name: string; value: Fields; text: string };

/**
 * The XML of one Windows event as the nested object converters write: `{Event: {System: {…}, EventData: {…}}}`, attributes
 * under their own names, text under `#text`. Entities other than XML's five and numbers stay as they are.
 * @throws {Refused} `malformedText` when elements are not closed in order or nest too deep
 */
export function readEventXml(text: string): Fields {
  const root: Element = { name: '', value: {}, text: '' };
  const open: Element[] = [root];
  let at = 0;
  tag.lastIndex = 0;
  for (let match = tag.exec(text); match !== null; match = tag.exec(text)) {
    const top = open.at(-1) as Element;
    top.text += unescaped(text.slice(at, match.index));
    at = tag.lastIndex;
    const [, closing, name, attrs = '', empty, cdata] = match;
    if (cdata !== undefined) top.text += cdata;
    if (name === undefined) continue;
    if (closing === '/') {
      if (open.length === 1 || top.name !== name)
        throw new Refused('malformedText', `XML: </${name.slice(0, 40)}> closes nothing`);
      open.pop();
      add(open.at(-1) as Element, top);
    } else {
      if (open.length > levels) throw new Refused('malformedText', `XML: deeper than ${levels} levels`);
      const element: Element = { name, value: {}, text: '' };
      for (const [, key = '', one, other] of attrs.matchAll(attributes))
        define(element.value, key, unescaped(one ?? other ?? ''));
      if (empty === '/') add(top, element);
      else open.push(element);
    }
  }
  if (open.length > 1) throw new Refused('malformedText', `XML: <${open.at(-1)?.name.slice(0, 40)}> is not closed`);
  return root.value;
}

/** An element without attributes and children is its text. */
function add(parent: Element, { name, value, text }: Element): void {
  const bare = Object.keys(value).length === 0;
  const trimmed = bare ? text : text.trim();
  if (!bare && trimmed !== '') define(value, '#text', trimmed);
  const held = bare ? trimmed : value;
  const before = Object.hasOwn(parent.value, name) ? parent.value[name] : undefined;
  if (before === undefined) define(parent.value, name, held);
  else if (Array.isArray(before)) before.push(held);
  else define(parent.value, name, [before, held]);
}

/** A "__proto__" element stays data. */
function define(target: Fields, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
  else target[key] = value;
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescaped(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(lt|gt|amp|quot|apos));/gi, (all, decimal, hex, name) => {
    if (name !== undefined) return entities[name.toLowerCase()] ?? all;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '\uFFFD';
  });
}

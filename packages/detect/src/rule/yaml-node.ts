import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, parseAllDocuments } from 'yaml';

/** A YAML value with the line it starts on (from 1). */
export type YamlNode = YamlMap | YamlList | YamlScalar;
export type YamlMap = { kind: 'map'; line: number; entries: YamlEntry[] };
export type YamlEntry = { key: string; line: number; value: YamlNode };
export type YamlList = { kind: 'list'; line: number; items: YamlNode[] };
export type YamlScalar = {
  kind: 'scalar';
  line: number;
  value: string | number | boolean | null;
  /** As written, without quotes. */
  text: string;
};

/** What a file of rules may cost; a hostile one is refused with a reason instead of being worked through. */
export const yamlLimits = {
  characters: 2_000_000,
  documents: 2_000,
  nodes: 100_000,
  depth: 32,
  openedInLine: 1_000,
} as const;

/** Something in a rule file that cannot be used, worded for its author; `line` from 1. */
export class RuleProblem extends Error {
  override readonly name = 'RuleProblem';
  readonly line: number;
  constructor(line: number, reason: string) {
    super(reason);
    this.line = line;
  }
}

/**
 * The documents of a YAML text (YAML 1.2 core schema), each as nodes with lines, or the reason why it cannot be read.
 * Aliases are resolved, but their copies count against the limit of nodes, so that they cannot grow without bound.
 */
export function yamlDocuments(text: string): (YamlNode | RuleProblem)[] {
  if (text.length > yamlLimits.characters) {
    return [new RuleProblem(1, `the file has more than ${yamlLimits.characters} characters`)];
  }
  const tooDeep = deepLine(text);
  if (tooDeep !== undefined) {
    return [new RuleProblem(tooDeep, `the line opens more than ${yamlLimits.openedInLine} brackets or lists`)];
  }
  const lines = new LineCounter();
  try {
    const documents = parseAllDocuments(text, { lineCounter: lines, uniqueKeys: false, logLevel: 'silent' });
    if (!Array.isArray(documents)) return [];
    if (documents.length > yamlLimits.documents) {
      return [new RuleProblem(1, `the file has more than ${yamlLimits.documents} documents`)];
    }
    return documents.filter(({ contents, errors }) => contents !== null || errors.length > 0).map(toNode(lines));
  } catch (error) {
    return [new RuleProblem(1, `the YAML cannot be read: ${(error as Error).message.split('\n')[0]}`)];
  }
}

// A cheap look before the recursive parser: the line in which brackets or list indicators nest too deep, if any.
function deepLine(text: string): number | undefined {
  let opened = 0;
  let line = 1;
  for (let at = 0; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (c === 10) {
      line++;
      opened = 0;
    } else if (c === 91 || c === 123 || (c === 45 && text.charCodeAt(at + 1) === 32)) opened++;
    if (opened > yamlLimits.openedInLine) return line;
  }
  return undefined;
}

function toNode(lines: LineCounter): (document: Document) => YamlNode | RuleProblem {
  return (document) => {
    const [error] = document.errors;
    if (error !== undefined) {
      const reason = error.message.split('\n')[0]?.replace(/ at line \d+.*$/, '') ?? 'it is malformed';
      return new RuleProblem(error.linePos?.[0].line ?? 1, `not valid YAML: ${reason}`);
    }
    try {
      return converted(document, lines);
    } catch (problem) {
      if (problem instanceof RuleProblem) return problem;
      throw problem;
    }
  };
}

function converted(document: Document, lines: LineCounter): YamlNode {
  let budget: number = yamlLimits.nodes;
  const convert = (node: unknown, depth: number, parentLine: number): YamlNode => {
    const range = (node as { range?: [number, number, number] | null } | null)?.range;
    const line = range ? lines.linePos(range[0]).line : parentLine;
    if (--budget < 0) throw new RuleProblem(line, `the document has more than ${yamlLimits.nodes} values`);
    if (depth > yamlLimits.depth) throw new RuleProblem(line, `nested deeper than ${yamlLimits.depth} levels`);
    if (isAlias(node)) return convert(node.resolve(document), depth + 1, line);
    if (isMap(node)) {
      const entries = node.items.map(({ key, value }) => {
        const name = convert(key, depth + 1, line);
        if (name.kind !== 'scalar') throw new RuleProblem(name.line, 'a key must be a plain name');
        return { key: name.text, line: name.line, value: convert(value, depth + 1, name.line) };
      });
      return { kind: 'map', line, entries };
    }
    if (isSeq(node)) return { kind: 'list', line, items: node.items.map((item) => convert(item, depth + 1, line)) };
    if (isScalar(node)) {
      const value = scalarValue(node.value);
      const quoted = node.type === 'QUOTE_SINGLE' || node.type === 'QUOTE_DOUBLE' || typeof value === 'string';
      return { kind: 'scalar', line, value, text: quoted ? String(value) : (node.source ?? String(value ?? '')) };
    }
    return { kind: 'scalar', line, value: null, text: '' };
  };
  return convert(document.contents, 0, 1);
}

function scalarValue(value: unknown): YamlScalar['value'] {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return String(value);
}

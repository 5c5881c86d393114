/** A symbol of the Kusto language service: a type, column, function … Only what this room reads. */
export interface KustoSymbol {
  readonly Name: string;
  readonly Kind: number;
  readonly Type?: KustoSymbol | null;
  readonly Columns?: KustoList<KustoSymbol>;
  readonly Members?: KustoList<KustoSymbol>;
  readonly Signatures?: KustoList<KustoSignature>;
}

export interface KustoSignature {
  readonly Parameters: KustoList<KustoParameter>;
}

export interface KustoParameter {
  readonly Name: string;
  readonly DefaultValue?: SyntaxNode | null;
}

export interface KustoList<T> {
  readonly Count: number;
  getItem(index: number): T;
}

/** A node or token of the language service's syntax tree. Children are properties by name. */
export interface SyntaxNode {
  readonly IsToken: boolean;
  readonly Text: string;
  readonly TextStart: number;
  readonly End: number;
  readonly ChildCount: number;
  GetChild(index: number): SyntaxNode | null;
  readonly ResultType?: KustoSymbol | null;
  readonly ReferencedSymbol?: KustoSymbol | null;
  readonly LiteralValue?: unknown;
  readonly SimpleName?: string | null;
  GetCalledFunctionBody?(): SyntaxNode | null;
}

interface TypeNames {
  getTypeName(value: unknown): string;
}

/** `FilterOperator`, `ColumnSymbol` …: the class of a node or symbol. */
export function className(value: object): string {
  const bridge = (globalThis as unknown as { Bridge: TypeNames }).Bridge;
  const name = bridge.getTypeName(value);
  return name.slice(name.lastIndexOf('.', name.includes('`') ? name.indexOf('`') : undefined) + 1);
}

/** The child of that name, if the syntax has it. */
export function optionalChild(node: SyntaxNode, name: string): SyntaxNode | undefined {
  const found = (node as unknown as Record<string, unknown>)[name];
  return found === null || found === undefined ? undefined : (found as SyntaxNode);
}

/** The child of that name, which a tree without errors has. */
export function child(node: SyntaxNode, name: string): SyntaxNode {
  const found = optionalChild(node, name);
  if (found === undefined) throw new Error(`${className(node)} has no ${name}`);
  return found;
}

/** The elements of a list node, without their separators. */
export function elements(list: SyntaxNode | undefined): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let at = 0; list !== undefined && at < list.ChildCount; at += 1) {
    const item = list.GetChild(at);
    if (item === null) continue;
    const name = className(item);
    if (name.startsWith('SeparatedElement')) {
      const element = item.GetChild(0);
      if (element !== null) found.push(element);
    } else if (!item.IsToken) found.push(item);
  }
  return found;
}

/** The expressions between the parentheses or commas of the child of that name. */
export function listOf(node: SyntaxNode, name: string): SyntaxNode[] {
  const list = optionalChild(node, name);
  if (list === undefined) return [];
  return elements(className(list) === 'ExpressionList' ? optionalChild(list, 'Expressions') : list);
}

/** Every token's text, put together without what stands between them. */
export function tokenText(node: SyntaxNode): string {
  if (node.IsToken) return node.Text;
  let text = '';
  for (let at = 0; at < node.ChildCount; at += 1) {
    const next = node.GetChild(at);
    if (next !== null) text += tokenText(next);
  }
  return text;
}

/** The items of a list of symbols as an array. */
export function items<T>(list: KustoList<T> | null | undefined): T[] {
  return list === null || list === undefined ? [] : Array.from({ length: list.Count }, (_, at) => list.getItem(at));
}

/** The operator's parameters (`kind=`, `hint.…=`, `withsource=` …) by lower-case name. */
export function namedParameters(node: SyntaxNode): ReadonlyMap<string, SyntaxNode> {
  const found = new Map<string, SyntaxNode>();
  for (const item of elements(optionalChild(node, 'Parameters'))) {
    if (className(item) !== 'NamedParameter') continue;
    found.set(tokenText(child(item, 'Name')).toLowerCase(), child(item, 'Expression'));
  }
  return found;
}

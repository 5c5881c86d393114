/**
 * What the editor asks of the Kusto language service. The service is no module and brings types too large to load; the
 * parts used are named here.
 */
interface List<T> {
  readonly Count: number;
  getItem(index: number): T;
}

interface CompletionItem {
  readonly Kind: number;
  readonly DisplayText: string;
  readonly MatchText: string;
  readonly BeforeText: string;
  readonly AfterText: string | null;
  readonly OrderText: string;
}

interface CodeService {
  GetCompletionItems(position: number): {
    readonly Items: List<CompletionItem>;
    readonly EditStart: number;
    readonly EditLength: number;
  };
  GetDiagnostics(): List<{
    readonly Message: string;
    readonly Severity: string;
    readonly Start: number;
    readonly Length: number;
  }>;
  GetClassifications(
    start: number,
    length: number,
  ): { readonly Classifications: List<{ readonly Kind: number; readonly Start: number; readonly Length: number }> };
  GetQuickInfo(position: number): { readonly Text: string | null };
}

interface Symbol {
  WithName(name: string): Symbol;
}

interface Globals {
  WithDatabase(database: Symbol): Globals;
}

export interface KustoLanguage {
  readonly GlobalState: { readonly Default: Globals };
  readonly Editor: {
    readonly KustoCodeService: { readonly $ctor1: new (text: string, globals: Globals) => CodeService };
  };
  readonly Symbols: {
    readonly TableSymbol: { From(schema: string): Symbol };
    readonly DatabaseSymbol: new (name: string, members: Symbol[]) => Symbol;
  };
}

export interface SchemaTable {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

export interface Completion {
  /** What is written in place of `from`…`to`; the caret goes between `text` and `after`. */
  readonly text: string;
  readonly after: string;
  readonly label: string;
  readonly kind: CompletionKind;
}

export interface Completions {
  readonly from: number;
  readonly to: number;
  readonly items: readonly Completion[];
}

export interface Finding {
  readonly from: number;
  readonly to: number;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
}

/** A stretch of text and what it is: `kind` is a class of the editor's colours. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly kind: string;
}

export type CompletionKind = 'keyword' | 'column' | 'table' | 'function' | 'variable' | 'type' | 'text';

// By the numbers of Kusto.Language.Editor.CompletionKind.
const completionKinds = new Map<number, CompletionKind>([
  [13, 'column'],
  [14, 'table'],
  [15, 'function'],
  [16, 'function'],
  [17, 'function'],
  [18, 'function'],
  [19, 'variable'],
  [20, 'variable'],
  [26, 'type'],
  [1, 'keyword'],
  [9, 'keyword'],
  [7, 'keyword'],
  [8, 'keyword'],
  [11, 'keyword'],
]);
// By the numbers of Kusto.Language.Editor.ClassificationKind; what is not here keeps the colour of text.
const stretchKinds = new Map<number, string>([
  [1, 'comment'],
  [4, 'literal'],
  [5, 'string'],
  [6, 'type'],
  [7, 'column'],
  [8, 'table'],
  [10, 'function'],
  [11, 'variable'],
  [12, 'variable'],
  [16, 'operator'],
  [17, 'operator'],
  [18, 'keyword'],
  [20, 'keyword'],
]);
const PUNCTUATION = 2;

export interface KustoAnswers {
  complete(text: string, position: number): Completions;
  diagnose(text: string): Finding[];
  classify(text: string): Stretch[];
  explain(text: string, position: number): string | null;
}

/** Answers about queries on the given tables. The first answer takes seconds, those after it milliseconds. */
export function kustoAnswers(kusto: KustoLanguage, tables: readonly SchemaTable[]): KustoAnswers {
  const symbols = tables.map(({ name, columns }) =>
    kusto.Symbols.TableSymbol.From(`(${columns.map((column) => `${column.name}:${column.type}`).join(', ')})`).WithName(
      name,
    ),
  );
  const globals = kusto.GlobalState.Default.WithDatabase(new kusto.Symbols.DatabaseSymbol('hunting', symbols));
  let last: { text: string; service: CodeService } | undefined;
  const service = (text: string) => {
    if (last?.text !== text) last = { text, service: new kusto.Editor.KustoCodeService.$ctor1(text, globals) };
    return last.service;
  };
  return {
    complete(text, position) {
      const { Items, EditStart, EditLength } = service(text).GetCompletionItems(position);
      const items = array(Items)
        .filter(({ Kind }) => Kind !== PUNCTUATION)
        .sort((one, other) => (one.OrderText < other.OrderText ? -1 : 1))
        .map((item) => ({
          text: item.BeforeText,
          after: item.AfterText ?? '',
          label: item.DisplayText,
          kind: completionKinds.get(item.Kind) ?? 'text',
        }));
      return { from: EditStart, to: EditStart + EditLength, items };
    },
    diagnose: (text) =>
      array(service(text).GetDiagnostics())
        .filter(({ Severity }) => Severity !== 'Hidden')
        .map(({ Message, Severity, Start, Length }) => ({
          from: Start,
          to: Start + Length,
          severity: Severity === 'Error' ? 'error' : Severity === 'Warning' ? 'warning' : 'info',
          message: Message,
        })),
    classify: (text) =>
      array(service(text).GetClassifications(0, text.length).Classifications).flatMap(({ Kind, Start, Length }) => {
        const kind = stretchKinds.get(Kind);
        return kind === undefined || Length === 0 ? [] : [{ from: Start, to: Start + Length, kind }];
      }),
    explain: (text, position) => service(text).GetQuickInfo(position).Text || null,
  };
}

function array<T>(list: List<T>): T[] {
  return Array.from({ length: list.Count }, (_, index) => list.getItem(index));
}

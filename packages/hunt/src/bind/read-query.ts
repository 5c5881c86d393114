import { HuntError } from '../hunt-error.ts';
import { globalsFor } from '../kusto/globals.ts';
import { type KustoDiagnostic, type KustoService, loadKusto } from '../kusto/service.ts';
import { child, className, elements, items, optionalChild, type SyntaxNode, tokenText } from '../kusto/syntax.ts';
import type { Column } from '../tree/expression.ts';
import type { Query, Rendering } from '../tree/query.ts';
import type { Binder } from './binder.ts';
import { afterStatement } from './calls.ts';
import { bindExpression } from './expressions.ts';
import { bindQuery } from './queries.ts';
import { EMPTY_SCOPE } from './scope.ts';

/** What there is to ask: tables with their columns, and watchlists with theirs. */
export interface Catalogue {
  readonly tables: ReadonlyMap<string, readonly Column[]>;
  readonly watchlists: ReadonlyMap<string, readonly string[]>;
}

/** A query as our tree. */
export interface ReadQuery {
  readonly query: Query;
  readonly rendering: Rendering | undefined;
  /** The text to which positions in the tree refer. */
  readonly text: string;
}

// A text longer than this is no query that a person wrote, and binding takes more than linear time.
const MAX_LENGTH = 200_000;

/**
 * Parses and binds a KQL query and converts it into our tree.
 *
 * @throws HuntError of class `syntax`, `semantic` or `unsupported`, with the position.
 */
export async function readQuery(text: string, catalogue: Catalogue): Promise<ReadQuery> {
  if (text.length > MAX_LENGTH) {
    throw new HuntError('syntax', `The query is longer than ${MAX_LENGTH} characters.`, MAX_LENGTH);
  }
  const kusto = await loadKusto();
  const { quoted, original } = quoteProfiles(text);
  try {
    return convertQuery(kusto, quoted, catalogue);
  } catch (error) {
    if (error instanceof HuntError) throw new HuntError(error.class, error.message, original(error.position));
    throw error;
  }
}

// `FileProfile(SHA1, 100)` names its column bare, which only this function may; the binder gets it quoted.
function quoteProfiles(text: string): { quoted: string; original(position: number): number } {
  const places: number[] = [];
  const quoted = text.replace(
    /(\bFileProfile\s*\(\s*)([A-Za-z_]\w*)(?=\s*[,)])/g,
    (_, start: string, name: string, at: number) => {
      places.push(at + start.length, at + start.length + name.length);
      return `${start}'${name}'`;
    },
  );
  return {
    quoted,
    original: (position) => position - places.filter((place, index) => place + index < position).length,
  };
}

function convertQuery(kusto: KustoService, text: string, catalogue: Catalogue): ReadQuery {
  const code = kusto.KustoCode.ParseAndAnalyze(text, globalsFor(kusto, text, catalogue.tables, catalogue.watchlists));
  refuseErrors(items(code.GetDiagnostics()));
  const binder: Binder = {
    kusto,
    tables: catalogue.tables,
    named: new Map(),
    expression: (node, scope) => bindExpression(binder, node, scope),
    query: (node, scope) => bindQuery(binder, node, scope),
  };
  let scope = EMPTY_SCOPE;
  let result: Query | undefined;
  let last: SyntaxNode | undefined;
  for (const statement of elements(child(code.Syntax, 'Statements'))) {
    if (className(statement) === 'ExpressionStatement') {
      if (result !== undefined) {
        throw new HuntError(
          'unsupported',
          'Several results in one query are not supported. Run them one by one.',
          statement.TextStart,
        );
      }
      last = child(statement, 'Expression');
      result = binder.query(last, scope);
    } else {
      scope = afterStatement(binder, statement, scope);
    }
  }
  if (result === undefined || last === undefined) {
    throw new HuntError('semantic', 'The query only has `let` statements; end it with a table.', text.length);
  }
  return { query: result, rendering: renderingOf(last), text };
}

// Codes of the language service for text that does not parse; all others are about meaning.
function refuseErrors(diagnostics: readonly KustoDiagnostic[]): void {
  const error = diagnostics.find(({ Severity }) => Severity === 'Error');
  if (error === undefined) return;
  const isSyntax =
    /^KS(00\d|01\d|198)$/.test(error.Code) || /\bis (unexpected|not a recognized)|expected\b/i.test(error.Message);
  throw new HuntError(isSyntax ? 'syntax' : 'semantic', error.Message, error.Start);
}

function renderingOf(node: SyntaxNode): Rendering | undefined {
  if (className(node) !== 'PipeExpression') return undefined;
  const operator = child(node, 'Operator');
  if (className(operator) !== 'RenderOperator') return undefined;
  const clause = optionalChild(operator, 'WithClause');
  const options: Record<string, string> = {};
  for (const property of clause === undefined ? [] : elements(optionalChild(clause, 'Properties'))) {
    const value = optionalChild(property, 'Expression');
    if (value !== undefined)
      options[tokenText(child(property, 'Name'))] = tokenText(value).replace(/^(['"])(.*)\1$/, '$2');
  }
  return { chart: tokenText(child(operator, 'ChartType')), options };
}

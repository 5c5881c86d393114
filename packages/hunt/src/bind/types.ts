import { className, items, type KustoSymbol, type SyntaxNode } from '../kusto/syntax.ts';
import type { Column, Scalar } from '../tree/expression.ts';

const SCALARS = new Set<string>([
  'bool',
  'datetime',
  'decimal',
  'dynamic',
  'guid',
  'int',
  'long',
  'real',
  'string',
  'timespan',
]);

/** The scalar type of a symbol; arrays, bags and what the binder does not know are `dynamic`. */
export function scalarOf(symbol: KustoSymbol | null | undefined): Scalar {
  const name = symbol?.Name;
  return name !== undefined && SCALARS.has(name) ? (name as Scalar) : 'dynamic';
}

/** The columns of a table or tuple symbol. */
export function columnsOf(symbol: KustoSymbol | null | undefined): Column[] {
  return items(symbol?.Columns).map((column) => ({ name: column.Name, type: scalarOf(column.Type) }));
}

/** The columns an operator or source puts out. */
export function resultColumns(node: SyntaxNode): Column[] {
  return columnsOf(node.ResultType);
}

/** Whether a symbol is a table's. */
export function isTable(symbol: KustoSymbol | null | undefined): boolean {
  return symbol !== null && symbol !== undefined && className(symbol) === 'TableSymbol';
}

import type { KustoList, KustoSymbol, SyntaxNode } from './syntax.ts';

/** A finding of the language service about a query. */
export interface KustoDiagnostic {
  readonly Code: string;
  readonly Message: string;
  readonly Severity: string;
  readonly Start: number;
  readonly Length: number;
}

/** A parsed and bound query. */
export interface KustoQuery {
  readonly Syntax: SyntaxNode;
  readonly ResultType?: KustoSymbol | null;
  GetDiagnostics(): KustoList<KustoDiagnostic>;
}

export interface KustoGlobals {
  WithDatabase(database: KustoSymbol): KustoGlobals;
}

/** The parts of the language service that this room calls. */
export interface KustoService {
  readonly GlobalState: { readonly Default: KustoGlobals };
  readonly KustoCode: { ParseAndAnalyze(text: string, globals: KustoGlobals): KustoQuery };
  readonly Binding: {
    readonly Binder: {
      GetExpressionResultName(expression: SyntaxNode, fallback: string | null, row: KustoSymbol | null): string | null;
    };
  };
  readonly Symbols: {
    readonly TableSymbol: { From(schema: string): KustoSymbol & { WithName(name: string): KustoSymbol } };
    readonly DatabaseSymbol: new (name: string, members: KustoSymbol[]) => KustoSymbol;
    readonly FunctionSymbol: {
      /** The overload that takes the parameters and the body as KQL. */
      readonly $ctor16: new (
        name: string,
        parameters: string,
        body: string,
        description: string | null,
      ) => KustoSymbol;
    };
  };
}

let service: Promise<KustoService> | undefined;

/**
 * The Kusto language service, loaded when first asked for: about half a second and 5 MB of code. It is no module; it
 * leaves itself in the global scope.
 */
export function loadKusto(): Promise<KustoService> {
  service ??= (async () => {
    // @ts-expect-error the minified files bring no types of their own
    await import('@kusto/language-service-next/bridge.min.js');
    // @ts-expect-error the minified files bring no types of their own
    await import('@kusto/language-service-next/Kusto.Language.Bridge.min.js');
    return (globalThis as unknown as { Kusto: { Language: KustoService } }).Kusto.Language;
  })();
  return service;
}

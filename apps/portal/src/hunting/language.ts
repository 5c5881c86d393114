import type { Completions, Finding, SchemaTable, Stretch } from './kusto-answers.ts';

export type LanguageQuestion = { readonly id: number } & (
  | { readonly ask: 'schema'; readonly tables: readonly SchemaTable[] }
  | { readonly ask: 'complete' | 'explain'; readonly text: string; readonly position: number }
  | { readonly ask: 'diagnose' | 'classify'; readonly text: string }
);
export interface LanguageAnswer {
  readonly id: number;
  readonly value: unknown;
}

type Question = LanguageQuestion extends infer Q ? (Q extends { id: number } ? Omit<Q, 'id'> : never) : never;

/** The language service in its worker, which lives as long as the page's visit. Answers null until the schema is known. */
export interface Language {
  setSchema(tables: readonly SchemaTable[]): Promise<void>;
  complete(text: string, position: number): Promise<Completions | null>;
  explain(text: string, position: number): Promise<string | null>;
  diagnose(text: string): Promise<Finding[] | null>;
  classify(text: string): Promise<Stretch[] | null>;
  stop(): void;
}

export function startLanguage(): Language {
  const worker = new Worker(new URL('./kusto.worker.ts', import.meta.url));
  const waiting = new Map<number, (value: unknown) => void>();
  let asked = 0;
  worker.onmessage = ({ data }: MessageEvent<LanguageAnswer>) => {
    waiting.get(data.id)?.(data.value);
    waiting.delete(data.id);
  };
  const ask = <T>(question: Question): Promise<T> => {
    asked += 1;
    const id = asked;
    return new Promise((resolve) => {
      waiting.set(id, resolve as (value: unknown) => void);
      worker.postMessage({ id, ...question });
    });
  };
  return {
    setSchema: (tables) => ask({ ask: 'schema', tables }),
    complete: (text, position) => ask({ ask: 'complete', text, position }),
    explain: (text, position) => ask({ ask: 'explain', text, position }),
    diagnose: (text) => ask({ ask: 'diagnose', text }),
    classify: (text) => ask({ ask: 'classify', text }),
    stop: () => worker.terminate(),
  };
}

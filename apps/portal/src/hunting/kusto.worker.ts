import bridgeUrl from '@kusto/language-service-next/bridge.min.js?url';
import kustoUrl from '@kusto/language-service-next/Kusto.Language.Bridge.min.js?url';
import { type KustoAnswers, type KustoLanguage, kustoAnswers } from './kusto-answers.ts';
import type { LanguageAnswer, LanguageQuestion } from './language.ts';

// A classic worker: the language service is a script that leaves itself in the global scope.
interface ClassicWorker {
  importScripts(...urls: string[]): void;
  postMessage(answer: LanguageAnswer): void;
  onmessage: ((event: MessageEvent<LanguageQuestion>) => void) | null;
  Kusto?: { Language: KustoLanguage };
}
const worker = globalThis as unknown as ClassicWorker;
worker.importScripts(bridgeUrl, kustoUrl);

let answers: KustoAnswers | undefined;

worker.onmessage = ({ data }) => {
  const kusto = worker.Kusto?.Language;
  if (kusto === undefined) return;
  if (data.ask === 'schema') {
    answers = kustoAnswers(kusto, data.tables);
    // The first answer compiles megabytes of code: better now than at the first key.
    answers.complete(`${data.tables[0]?.name ?? 'print 1'} | where `, 0);
    worker.postMessage({ id: data.id, value: null });
    return;
  }
  worker.postMessage({ id: data.id, value: answers === undefined ? null : answer(answers, data) });
};

function answer(from: KustoAnswers, question: Exclude<LanguageQuestion, { ask: 'schema' }>): unknown {
  switch (question.ask) {
    case 'complete':
      return from.complete(question.text, question.position);
    case 'explain':
      return from.explain(question.text, question.position);
    case 'diagnose':
      return from.diagnose(question.text);
    case 'classify':
      return from.classify(question.text);
  }
}

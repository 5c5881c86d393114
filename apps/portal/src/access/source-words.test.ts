import type { SourceScope } from '@throughline/model';
import { expect, test } from 'vitest';
import { sourceWords } from './source-words.ts';

test.each<[SourceScope, string]>([
  [{ mode: 'all', sources: [] }, 'all data sources'],
  [{ mode: 'selected', sources: ['edr'] }, 'edr only'],
  [{ mode: 'selected', sources: ['edr', 'mail', 'waf'] }, 'edr, mail, and waf only'],
  [{ mode: 'allExcept', sources: ['edr', 'mail'] }, 'all data sources but edr and mail'],
  [{ mode: 'selected', sources: [] }, 'none only'],
])('%j is %s', (scope, words) => {
  expect(sourceWords(scope)).toBe(words);
});

import type { RuleSet } from '../rule/rule.ts';
import { Detector, type DetectorOptions } from './detector.ts';

/** Makes a detector of rules, correlations and filters as {@link readRules} gives them. */
export function compile(
  set: Pick<RuleSet, 'rules' | 'filters' | 'correlations'>,
  options: DetectorOptions = {},
): Detector {
  return new Detector(set, options);
}

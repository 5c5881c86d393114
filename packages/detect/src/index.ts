export { compile } from './engine/compile.ts';
export type { RuleCost } from './engine/costs.ts';
export { Detector, type DetectorOptions, type RuleMatch } from './engine/detector.ts';
export { type ReadOptions, readRules } from './rule/read-rules.ts';
export * from './rule/rule.ts';
export type { Placeholders } from './value/placeholder.ts';

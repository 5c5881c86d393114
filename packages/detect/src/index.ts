export type { CorrelationFinding } from './correlation/correlation-run.ts';
export type { CorrelationStats } from './correlation/correlator.ts';
export { type CorrelationLimits, defaultCorrelationLimits } from './correlation/state.ts';
export { compile } from './engine/compile.ts';
export type { RuleCost } from './engine/costs.ts';
export { Detector, type DetectorOptions, type RuleMatch } from './engine/detector.ts';
export { type ReadOptions, readRules } from './rule/read-rules.ts';
export * from './rule/rule.ts';
export type { Placeholders } from './value/placeholder.ts';

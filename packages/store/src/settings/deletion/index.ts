export * from './alert-choice.ts';
export * from './correlation-generation.ts';
export * from './delete-slice.ts';
export * from './read-deletions.ts';
export * from './remaining.ts';
export * from './start-choice.ts';
export * from './start-deletion.ts';
export type { SettleRemaining } from './take-out-alerts.ts';

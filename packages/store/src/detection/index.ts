export * from './exceptions.ts';
export * from './rule-counts.ts';
export * from './rules.ts';
export * from './throttles.ts';
export * from './write-detections.ts';

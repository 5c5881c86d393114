export * from './exceptions.ts';
export * from './rules.ts';
export * from './throttles.ts';
export * from './write-detections.ts';

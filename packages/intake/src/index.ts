export * from './limits.ts';
export * from './outcome.ts';
export * from './read-body.ts';
export * from './registry.ts';

export * from './compile.ts';
export * from './evaluate.ts';
export * from './facets.ts';
export * from './network.ts';
export * from './rule-index.ts';
export * from './rule-keys.ts';
export * from './tune.ts';
export * from './wildcard.ts';

export * from './compile.ts';
export * from './evaluate.ts';
export * from './facets.ts';
export * from './network.ts';
export * from './tune.ts';
export * from './wildcard.ts';

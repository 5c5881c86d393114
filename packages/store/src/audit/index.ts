export * from './append-audit.ts';
export * from './audited.ts';
export { canonicalJson } from './canonical-json.ts';
export * from './checkpoint.ts';
export * from './list-audit.ts';
export * from './receivers.ts';
export * from './token-address.ts';
export * from './verify-audit.ts';

export * from './rotate-secrets.ts';
export * from './secret-error.ts';
export * from './secret-keys.ts';
export * from './secrets.ts';

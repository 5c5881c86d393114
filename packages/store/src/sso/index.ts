export * from './admit.ts';
export * from './flows.ts';
export * from './identities.ts';
export * from './mappings.ts';
export * from './policy.ts';
export * from './provider-secret.ts';
export * from './providers.ts';
export * from './sso-error.ts';

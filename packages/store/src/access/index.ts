export * from './access-error.ts';
export * from './accounts.ts';
export * from './api-tokens.ts';
export * from './one-time-links.ts';
export * from './password.ts';
export * from './sessions.ts';
export * from './sign-in.ts';
export * from './sign-in-throttle.ts';

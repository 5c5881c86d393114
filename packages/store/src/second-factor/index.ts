export * from './authenticator.ts';
export * from './own-sessions.ts';
export * from './passkey-challenge.ts';
export * from './passkeys.ts';
export * from './pending-sign-in.ts';
export * from './policy.ts';
export * from './recovery-codes.ts';
export * from './second-factor-state.ts';

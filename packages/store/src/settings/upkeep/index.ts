export * from './strip-dead-letters.ts';
export * from './strip-messages.ts';

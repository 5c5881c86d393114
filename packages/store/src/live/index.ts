export * from './listen.ts';
export * from './live-events.ts';

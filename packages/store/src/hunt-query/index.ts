export * from './past-hunts.ts';
export * from './saved-queries.ts';

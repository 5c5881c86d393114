export * from './correlation-generation.ts';
export * from './delete-slice.ts';
export * from './read-deletions.ts';
export * from './start-deletion.ts';

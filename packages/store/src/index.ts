export * from './access/index.ts';
export * from './database/access-tables.ts';
export * from './database/spine-tables.ts';
export * from './database.ts';
export * from './migrate.ts';

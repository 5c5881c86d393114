export * from './correlation/index.ts';
export * from './deletion/index.ts';
export * from './erase-person.ts';
export * from './general-settings.ts';
export * from './retention-settings.ts';
export * from './settings-conflict.ts';
export * from './source-settings.ts';
export * from './upkeep/index.ts';

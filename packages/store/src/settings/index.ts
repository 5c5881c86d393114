export * from './general-settings.ts';
export * from './settings-conflict.ts';
export * from './source-settings.ts';

export * from './concerned.ts';
export * from './forget-incidents.ts';
export * from './journal.ts';
export * from './move-alerts.ts';
export * from './requests.ts';
export * from './settle.ts';
export * from './split-material.ts';
export * from './unmerge.ts';

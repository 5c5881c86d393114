export * from './can.ts';
export * from './device-facts.ts';
export * from './device-match.ts';
export * from './own-rights.ts';
export * from './principal.ts';
export * from './role.ts';
export * from './scope.ts';
export * from './visibility.ts';

export * from './can.ts';
export * from './principal.ts';
export * from './role.ts';
export * from './scope.ts';

export * from './answer.ts';
export { type Catalogue, type ReadQuery, readQuery } from './bind/read-query.ts';
export { type CompiledQuery, compileRead } from './compile/compile.ts';
export { SchemaNeeded, withSchema } from './compile/schema-needed.ts';
export type { Surroundings } from './compile/scope.ts';
export * from './hunt-error.ts';
export { loadKusto } from './kusto/service.ts';
export type { Column, Scalar } from './tree/expression.ts';
export type { Rendering } from './tree/query.ts';

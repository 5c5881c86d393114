export * from './limits.ts';
export { type Mapping, MappingError, parseMapping } from './mapping/mapping-file.ts';
export { mappingFormat } from './mapping/mapping-format.ts';
export * from './outcome.ts';
export * from './read-body.ts';
export * from './registry.ts';
export { readTelemetry, recogniseTelemetry } from './telemetry/read-telemetry.ts';
export * from './telemetry/telemetry.ts';

export { type DemoBatch, demoBatches, demoFiles } from './batches.ts';
export { demoExpectation, demoIdOf } from './expectation.ts';

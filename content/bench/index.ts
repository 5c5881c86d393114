export * from './correlate-scenario.ts';
export { alertsOf, type LabelledAlert, type Scenario } from './scenario.ts';
export { scenarios } from './scenarios.ts';

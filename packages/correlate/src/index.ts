export type { CorrelationConfig, HubRule } from './config.ts';
export { contributionOf } from './contribution.ts';
export { Correlator, type CorrelatorStats } from './correlator.ts';
export { defaultConfig } from './default-config.ts';
export { explain } from './explain.ts';
export {
  type AssetFact,
  absorbInFacts,
  addToFacts,
  type DetectorFact,
  factsOf,
  type IncidentFacts,
  mergeFacts,
} from './facts.ts';
export type { Standing } from './incident-table.ts';
export { nameIncident } from './name-incident.ts';
export { type Observation, type ObservedEntity, observe, type ResolvedMention } from './observation.ts';
export { priorityOf } from './priority.ts';
export { type DecidedAlert, type Rearrangement, type Remembering, remember, remembered } from './rearrangement.ts';
export { type MergeCandidate, refusesPersonsMerge, survivorOf } from './refuse-person.ts';
export { reorder } from './reorder.ts';
export { type PastAlert, type ReplaySettings, TwoReplays } from './settings/compare-replays.ts';
export { absorbInRules, applyExceptions, type ExceptionRules, rulesOf } from './settings/exception-rules.ts';
export {
  changesMemory,
  describeParameters,
  refuseNumbers,
  withNumbers,
  withoutDefaults,
} from './settings/parameters.ts';
export { severityOf } from './severity.ts';
export { type SplitPart, splitParts } from './split-parts.ts';

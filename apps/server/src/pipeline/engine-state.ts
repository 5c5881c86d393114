import { type CorrelationConfig, Correlator, type ExceptionRules } from '@throughline/correlate';
import { type CorrelationVersion, IdentityIndex } from '@throughline/model';
import type { EntityNumbers } from '@throughline/store';
import { RulesCache } from '../tuning/rules-cache.ts';
import type { DevicePlaces } from './device-places.ts';
import { FactsCache } from './facts-cache.ts';

/**
 * What correlation of one tenant remembers between batches. It is a reflection of the database: when a transaction
 * fails it has run ahead, and is thrown away and rebuilt.
 */
export type EngineState = {
  correlator: Correlator;
  identities: IdentityIndex;
  numbers: EntityNumbers;
  facts: FactsCache;
  /** Tuning rules as last read, compiled. */
  tuning: RulesCache;
  /** Null where device groups do not restrict correlation. */
  places: DevicePlaces | null;
  /** What the organisation chose, and the configuration that makes. */
  settings: Pick<CorrelationVersion, 'version' | 'choices' | 'inForceDateTime'>;
  config: CorrelationConfig;
  /** The exceptions that hold; null when they are to be looked at again. */
  rules: ExceptionRules | null;
  /** How often data had been deleted when this was read. */
  generation: number;
};

const nothingChosen: EngineState['settings'] = {
  version: 0,
  choices: { numbers: {}, restrictToDeviceGroups: false, exceptions: [] },
  inForceDateTime: null,
};

/** The state of a tenant without alerts; `nextIncidentId` is the first incident number to give out. */
export function emptyState(
  config: CorrelationConfig,
  nextIncidentId = 1,
  generation = 0,
  settings: EngineState['settings'] = nothingChosen,
): EngineState {
  return {
    correlator: new Correlator(config, { nextIncidentId }),
    identities: new IdentityIndex(),
    numbers: new Map(),
    facts: new FactsCache(20_000),
    tuning: new RulesCache(),
    places: config.restrictToDeviceGroups ? { facts: new Map(), rules: [] } : null,
    settings,
    config,
    rules: null,
    generation,
  };
}

import { type CorrelationConfig, Correlator } from '@throughline/correlate';
import { IdentityIndex } from '@throughline/model';
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
  /** How often data had been deleted when this was read. */
  generation: number;
};

/** The state of a tenant without alerts; `nextIncidentId` is the first incident number to give out. */
export function emptyState(config: CorrelationConfig, nextIncidentId = 1, generation = 0): EngineState {
  return {
    correlator: new Correlator(config, { nextIncidentId }),
    identities: new IdentityIndex(),
    numbers: new Map(),
    facts: new FactsCache(20_000),
    tuning: new RulesCache(),
    places: config.restrictToDeviceGroups ? { facts: new Map(), rules: [] } : null,
    generation,
  };
}

import type { DetectorRecord, EntityRecord } from './entity-record.ts';
import type { Observation, ObservedEntity } from './observation.ts';

/** An alert with what is known of what it names, looked up once for judging and for learning. */
export type Sighting = {
  o: Observation;
  /** What its detector does, or undefined for a new one. */
  detector: DetectorRecord | undefined;
  /** The entities that correlation looks at, … */
  entities: readonly ObservedEntity[];
  /** … and what is known of each, in the same order. */
  records: readonly (EntityRecord | undefined)[];
  /** The same number for alerts that say the same. */
  fingerprint: number;
};

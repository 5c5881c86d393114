import type { CorrelationConfig } from '@throughline/correlate';
import type { ActivityWrite, RearrangedBy, Viewer, WriterTransaction } from '@throughline/store';

/** What a rearrangement is made with. */
export type Work = {
  trx: WriterTransaction;
  viewer: Viewer;
  /** ISO 8601. */
  now: string;
  config: CorrelationConfig;
  by: RearrangedBy;
};

/** What a rearrangement did, before the incidents concerned are settled. */
export type Done = {
  /** Where to look now. */
  incidentId: number;
  /** Entries of the journal. */
  journal: number[];
  /** Incidents that hold alerts and have others than before. */
  concerned: number[];
  redirects: [from: number, into: number | null][];
  moved: { seq: number; into: number }[];
  apart: [number, number][];
  together: [number, number][];
  /** Alerts left where they are, since they were moved again meanwhile. */
  kept: number;
  /** What the activity log says of it, where it says more than where alerts went. */
  activity?: ActivityWrite[];
};

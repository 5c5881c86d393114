export type CorrelationLimits = {
  /** Groups held at once, over all correlations. */
  groups: number;
  /** Matches held of one group. */
  matchesPerGroup: number;
  /** Matches held at once, over all correlations. */
  matches: number;
};

export const defaultCorrelationLimits: CorrelationLimits = {
  groups: 100_000,
  matchesPerGroup: 10_000,
  matches: 500_000,
};

/** What correlations hold, and what they could not. */
export type CorrelationState = {
  readonly limits: CorrelationLimits;
  /** Matches held now. */
  entries: number;
  /** Groups forgotten because of the limits. */
  evicted: number;
  /** Matches forgotten because their group had too many. */
  forgotten: number;
  /** Matches that came too late for their window. */
  late: number;
  /** Matches without a value to group by or to count. */
  ungrouped: number;
};

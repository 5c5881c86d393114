/** For which service sources a role is given: all, now and later; the named ones only; all but the named ones. */
export const sourceModes = ['all', 'selected', 'allExcept'] as const;
export type SourceMode = (typeof sourceModes)[number];

/** A choice of service sources; `sources` is empty for all. */
export type SourceScope = { mode: SourceMode; sources: readonly string[] };

/** A choice that leaves some out. Where it may be null, null is all of them. */
export type SourceLimit = { mode: Exclude<SourceMode, 'all'>; sources: readonly string[] };

/** Most sources that one choice names. */
export const mostScopeSources = 100;

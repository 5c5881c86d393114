import type { SourceLimit } from '@throughline/model';
import type { Viewer } from '../query/viewer.ts';

/** What a rule is about: device groups by number and service sources; null = all of them. */
export type RuleReach = { groups: readonly number[] | null; sources: readonly string[] | null };

/** Whether all that a rule is about is within a person's scope, so that they may make or change it. */
export function reachWithinScope(viewer: Pick<Viewer, 'groups' | 'sources'>, { groups, sources }: RuleReach): boolean {
  const own = viewer.groups;
  const within = own === null || (groups?.every((group) => own.includes(group)) ?? false);
  return within && sourcesWithin(viewer.sources, sources);
}

function sourcesWithin(limit: SourceLimit | null, sources: readonly string[] | null): boolean {
  if (limit === null) return true;
  return sources?.every((source) => limit.sources.includes(source) === (limit.mode === 'selected')) ?? false;
}

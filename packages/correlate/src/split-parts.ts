import type { DecidedAlert } from './rearrangement.ts';

/** A part of an incident that hangs together without an entity; alerts in order of correlation. */
export type SplitPart = { alertIds: string[] };

/**
 * What an incident falls into when an entity is not to bind it: alerts hang together that share another entity, or that
 * correlation linked for another reason. The largest part comes first; of equals the one that began earlier.
 */
export function splitParts(alerts: readonly DecidedAlert[], withoutEntity: string): SplitPart[] {
  const parent = alerts.map((_, index) => index);
  const rootOf = (index: number): number => {
    let at = index;
    while (parent[at] !== at) at = parent[at] as number;
    return at;
  };
  const join = (a: number, b: number) => {
    const [one, other] = [rootOf(a), rootOf(b)];
    if (one !== other) parent[Math.max(one, other)] = Math.min(one, other);
  };
  const places = new Map(alerts.map(({ observation }, index) => [observation.alertId, index]));
  const firstWith = new Map<string, number>();
  alerts.forEach(({ observation, decision }, index) => {
    for (const { id } of observation.entities) {
      if (id === withoutEntity) continue;
      const first = firstWith.get(id);
      if (first === undefined) firstWith.set(id, index);
      else join(first, index);
    }
    for (const term of decision.terms) {
      const linked = term.alertId === null || term.entity?.id === withoutEntity ? undefined : places.get(term.alertId);
      if (linked !== undefined && term.contribution > 0 && !followsAsset(term.signal)) join(linked, index);
    }
  });
  const parts = new Map<number, string[]>();
  alerts.forEach(({ observation }, index) => {
    const root = rootOf(index);
    parts.set(root, [...(parts.get(root) ?? []), observation.alertId]);
  });
  return [...parts.values()].sort((a, b) => b.length - a.length).map((alertIds) => ({ alertIds }));
}

// Closeness in time and a later stage only ever add to a link: where the entity is gone they bind nothing.
function followsAsset(signal: string): boolean {
  return signal === 'tenantTime' || signal === 'stage';
}

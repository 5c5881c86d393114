import type { CorrelationException } from '@throughline/model';
import type { HubRule } from '../config.ts';
import type { Observation } from '../observation.ts';

/** The exceptions of a tenant that hold, ready to be looked up. Each names the exception behind it. */
export type ExceptionRules = {
  detections: ReadonlyMap<string, string>;
  titles: ReadonlyMap<string, string>;
  products: ReadonlyMap<string, string>;
  sources: ReadonlyMap<string, string>;
  /** Entities whose alerts stand alone, by identity. */
  entities: Map<string, string>;
  /** What people said of entities as hubs, by identity. */
  hubs: Map<string, HubRule>;
  /** When the next exception ends, ms UTC; infinite when none does. */
  until: number;
};

/** The exceptions that hold at `now` (ms UTC). `find` gives the surviving identity of an entity. */
export function rulesOf(
  exceptions: readonly CorrelationException[],
  find: (entityId: string) => string,
  now: number,
): ExceptionRules {
  const alone = { detection: new Map(), title: new Map(), product: new Map(), source: new Map(), entity: new Map() };
  const hubs = new Map<string, HubRule>();
  let until = Number.POSITIVE_INFINITY;
  for (const { id, subject, effect, value, expiresDateTime } of exceptions) {
    const ends = expiresDateTime === null ? Number.POSITIVE_INFINITY : Date.parse(expiresDateTime);
    if (ends <= now) continue;
    until = Math.min(until, ends);
    const key = subject === 'entity' ? find(value) : value;
    if (effect === 'standAlone') alone[subject].set(key, id);
    else hubs.set(key, effect === 'alwaysHub' ? 'always' : 'never');
  }
  const { detection: detections, title: titles, product: products, source: sources, entity: entities } = alone;
  return { detections, titles, products, sources, entities, hubs, until };
}

/** Two identities turned out to be one: what was said of `from` holds for `into`, unless that has something of its own. */
export function absorbInRules({ entities, hubs }: ExceptionRules, from: string, into: string): void {
  const alone = entities.get(from);
  if (alone !== undefined && !entities.has(into)) entities.set(into, alone);
  const hub = hubs.get(from);
  if (hub !== undefined && !hubs.has(into)) hubs.set(into, hub);
}

/**
 * The observation as the exceptions have it: an alert they leave out opts out, and says by which exception. One that was
 * left out by exceptions before and is no more takes part again.
 */
export function applyExceptions({ leftOutBy, ...seen }: Observation, rules: ExceptionRules): Observation {
  const o: Observation = leftOutBy === undefined ? seen : { ...seen, optOut: false };
  if (o.optOut) return o;
  const by =
    rules.detections.get(o.detector) ??
    rules.titles.get(o.title) ??
    (o.productName === null ? undefined : rules.products.get(o.productName)) ??
    rules.sources.get(o.serviceSource) ??
    o.entities.map(({ id }) => rules.entities.get(id)).find((id) => id !== undefined);
  return by === undefined ? o : { ...o, optOut: true, leftOutBy: by };
}

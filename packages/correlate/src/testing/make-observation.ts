import type { EntityKind } from '@throughline/model';
import type { Observation, ObservedEntity } from '../observation.ts';

export const start = Date.UTC(2026, 0, 5);
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

let counter = 0;

/** `"device:fin-ws-07"` as an observed entity. */
export function entity(text: string): ObservedEntity {
  const [kind = '', ...name] = text.split(':');
  return { kind: kind as EntityKind, id: `${kind} ${name.join(':')}`, name: name.join(':'), roles: [] };
}

/** An observation with defaults: `time` in ms after the scenarios' start, entities as "kind:name". */
export function observation(
  time: number,
  detector: string,
  entities: readonly string[],
  more: Partial<Observation> = {},
): Observation {
  return {
    alertId: `alert-${counter++}`,
    detector: `product/${detector}`,
    time: start + time,
    lastTime: start + time,
    title: detector,
    severity: 'medium',
    tactics: [],
    category: null,
    serviceSource: 'product',
    detectionSource: 'sensor',
    productName: null,
    threat: null,
    active: true,
    entities: entities.map(entity),
    ...more,
  };
}

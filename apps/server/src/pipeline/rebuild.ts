import type { CorrelationConfig, Observation, Rearrangement } from '@throughline/correlate';
import {
  correlationGeneration,
  deletedIncidents,
  devicePages,
  type EntityNumbers,
  lastIncidentId,
  readCorrelationSettings,
  readDecisions,
  readEffects,
  readIdentities,
  readStandings,
  type Writer,
} from '@throughline/store';
import type { DevicePlaces } from './device-places.ts';
import { type EngineState, emptyState } from './engine-state.ts';
import { chosenConfig } from './settings-in-force.ts';

/** An observation as stored: with the identities that turned out to be another's when it was made. */
export type StoredObservation = Observation & { absorbed?: [from: string, into: string][] };

/**
 * Rebuilds what correlation remembered from what is stored: it decides from here as the engine that wrote it would have.
 * Streams; takes time in proportion to the alerts stored. `base` is the configuration that the tenant's choices change.
 */
export async function rebuildState(writer: Writer, tenantId: string, base: CorrelationConfig): Promise<EngineState> {
  // First: whatever is deleted from here on makes this state void.
  const generation = await correlationGeneration(writer, tenantId);
  const settings = await readCorrelationSettings(writer, tenantId);
  const config = chosenConfig(base, settings.choices);
  const state = emptyState(config, (await lastIncidentId(writer, tenantId)) + 1, generation, settings);
  for await (const page of readIdentities(writer, tenantId)) {
    for (const { n, id, kind, keys, redirect, name } of page) {
      state.identities.restore(id, kind, keys, redirect, name);
      state.numbers.set(id, n);
    }
  }
  const effects = await readEffects(writer, tenantId);
  let next = 0;
  const rearrangeUpTo = (seq: number) => {
    for (let one = effects[next]; one !== undefined && one.afterSeq < seq; one = effects[++next]) {
      state.correlator.rearrange(one.effect as Rearrangement);
    }
  };
  if (state.places !== null) await readPlaces(writer, tenantId, state.places, state.numbers);
  for await (const page of readDecisions(writer, tenantId)) {
    for (const { seq, observation, decision } of page) {
      rearrangeUpTo(seq);
      const { absorbed = [], ...observed } = observation as Partial<StoredObservation>;
      for (const [from, into] of absorbed) state.correlator.absorb(from, into);
      if (decision !== null) state.correlator.replay(observed as Observation, decision);
    }
  }
  rearrangeUpTo(Number.POSITIVE_INFINITY);
  if (effects.length > 0) {
    // Alerts that were moved out of an incident before it was deleted brought it back.
    for (const id of await deletedIncidents(writer, tenantId)) state.correlator.forget(id);
  }
  for (const { id, ...standing } of await readStandings(writer, tenantId)) state.correlator.setStanding(id, standing);
  return state;
}

async function readPlaces(
  writer: Writer,
  tenantId: string,
  { facts }: DevicePlaces,
  numbers: EntityNumbers,
): Promise<void> {
  const ids = new Map([...numbers].map(([id, n]) => [n, id]));
  for await (const page of devicePages(writer, tenantId)) {
    for (const { n, names, domains, tags, osPlatforms } of page) {
      const id = ids.get(n);
      if (id !== undefined) facts.set(id, { names, domains, tags, osPlatforms });
    }
  }
}

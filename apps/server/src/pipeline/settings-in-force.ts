import {
  type CorrelationConfig,
  changesMemory,
  type ExceptionRules,
  rulesOf,
  withNumbers,
} from '@throughline/correlate';
import type { CorrelationChoices } from '@throughline/model';
import {
  type Db,
  newestCorrelationVersion,
  noteInForce,
  readCorrelationSettings,
  type Writer,
} from '@throughline/store';
import type { EngineState } from './engine-state.ts';
import type { WorkerOptions } from './worker.ts';

/** A configuration with what an organisation chose in place of its own numbers. */
export function chosenConfig(
  base: CorrelationConfig,
  choices: Omit<CorrelationChoices, 'exceptions'>,
): CorrelationConfig {
  const config = withNumbers(base, choices.numbers);
  return { ...config, restrictToDeviceGroups: base.restrictToDeviceGroups || choices.restrictToDeviceGroups };
}

/** A configuration that treats entities as people said. The rules are looked at, not copied: what they learn holds. */
export function withHubs(config: CorrelationConfig, { hubs }: ExceptionRules): CorrelationConfig {
  return { ...config, hub: { ...config.hub, named: hubs } };
}

/** Lets the exceptions that hold at `now` hold for the next alert. */
export function refreshExceptions(state: EngineState, now: Date): void {
  const { rules, settings } = state;
  if (rules !== null && now.getTime() < rules.until) return;
  const fresh = rulesOf(settings.choices.exceptions, (id) => state.identities.find(id), now.getTime());
  state.rules = fresh;
  state.correlator.reconfigure(withHubs(state.config, fresh));
}

/** Whether people chose something since a state was read, or its choices were not noted as in force yet. */
export async function settingsChanged(db: Db, tenantId: string, { settings }: EngineState): Promise<boolean> {
  const newest = await newestCorrelationVersion(db, tenantId);
  return newest !== settings.version || (newest > 0 && settings.inForceDateTime === null);
}

/**
 * Takes up what people chose since; nothing may be in flight. What was decided stays decided: where the new choices shape
 * what is remembered of it, that is read anew. Returns the state to go on with.
 */
export async function takeUpSettings(
  writer: Writer,
  state: EngineState,
  rebuild: () => Promise<EngineState>,
  { tenantId, config: base, clock, log }: Pick<WorkerOptions, 'tenantId' | 'config' | 'clock' | 'log'>,
): Promise<EngineState> {
  const newest = await readCorrelationSettings(writer, tenantId);
  const config = chosenConfig(base, newest.choices);
  let next = state;
  if (changesMemory(state.config, config)) next = await rebuild();
  else Object.assign(next, { settings: newest, config, rules: null });
  const { version, inForceDateTime } = next.settings;
  if (version > 0 && inForceDateTime === null) {
    const now = clock();
    await noteInForce(writer, tenantId, version, now);
    next.settings = { ...next.settings, inForceDateTime: now.toISOString() };
    log.info(`correlation of tenant ${tenantId} decides by version ${version} of its settings`);
  }
  return next;
}

import { deviceFactsOf, groupOf } from '@throughline/access';
import { type Alert, devicelessId, entitiesOf, type TuningMark } from '@throughline/model';
import {
  type Db,
  enabledTuningRules,
  type GroupRule,
  groupRules,
  groupsOfDevices,
  tuningDefinitions,
  type WaitingBatch,
} from '@throughline/store';
import { type TuneRule, tune } from '@throughline/tune';
import type { EngineState } from '../pipeline/engine-state.ts';
import { tuningStop } from './author-standing.ts';

/**
 * Says for each alert of a few batches the tuning rule that applies to it, by the rules as they are now: on, not ended,
 * and of authors who may still make them. Which one applied is stored with the alert, and never asked again.
 */
export async function tuneWith(
  db: Db,
  tenantId: string,
  state: EngineState,
  now: Date,
  batches: readonly WaitingBatch[],
): Promise<(alert: Alert) => TuningMark | null> {
  const enabled = await enabledTuningRules(db, tenantId, now);
  const speaking = enabled.filter((rule) => tuningStop(rule.author, rule.deviceGroups, tenantId) === null);
  const key = speaking.map(({ id, version }) => `${id}.${version}`).join(' ');
  const rules = await state.tuning.of(key, async () => {
    const groups = new Map(speaking.map(({ id, deviceGroups }) => [id, deviceGroups]));
    const stored = speaking.length === 0 ? [] : await tuningDefinitions(db, tenantId, [...groups.keys()]);
    return stored.map(({ id, version, name, by, definition }): TuneRule => {
      const { action, comment, classification, determination, ...about } = definition;
      const mark = { ruleId: id, version, name, action, by, comment, classification, determination };
      return { mark, ...about, deviceGroups: groups.get(id) ?? null };
    });
  });
  const groupsOf = rules.asksGroups ? await groupsOfAlerts(db, tenantId, state, batches) : () => [];
  return (alert) => tune(rules, alert, () => groupsOf(alert));
}

/** The device groups of alerts: of a known device the one it is in, of a new one the one its rule puts it in. */
async function groupsOfAlerts(
  db: Db,
  tenantId: string,
  { identities, numbers }: EngineState,
  batches: readonly WaitingBatch[],
): Promise<(alert: Alert) => number[]> {
  const numberOf = (mention: ReturnType<typeof entitiesOf>[number]) =>
    numbers.get(identities.known(mention) ?? '') ?? 0;
  const devices = (alert: Alert) => entitiesOf(alert).filter(({ kind }) => kind === 'device');
  const wanted = new Set(batches.flatMap(({ alerts }) => alerts.flatMap(({ alert }) => devices(alert).map(numberOf))));
  const placed = await groupsOfDevices(db, tenantId, [...wanted]);
  const ranked: GroupRule[] = await groupRules(db, tenantId);
  return (alert) => {
    const named = devices(alert);
    if (named.length === 0) return [devicelessId];
    return named.map((mention) => {
      const facts = deviceFactsOf(alert.evidence[mention.evidenceIndex]);
      const none = { names: [], domains: [], tags: [], osPlatforms: [] };
      return placed.get(numberOf(mention)) ?? groupOf(ranked, facts ?? none);
    });
  };
}

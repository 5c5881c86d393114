import {
  absorbInRules,
  applyExceptions,
  type Observation,
  observe,
  type ResolvedMention,
  reorder,
} from '@throughline/correlate';
import { type Alert, type Decision, entitiesOf, type IdentityIndex, type TuningMark } from '@throughline/model';
import type {
  AlertUpdate,
  AlertWrite,
  PendingAlert,
  RefusedAlert,
  SourceOutcome,
  WaitingBatch,
} from '@throughline/store';
import { absorbDevice, placeOfAlert, tellDevices } from './device-places.ts';
import type { EngineState } from './engine-state.ts';
import { EntityJournal } from './entity-journal.ts';
import { momentsOf } from './moments.ts';
import type { StoredObservation } from './rebuild.ts';
import { type FreshAlert, type KnownAlert, type Outcome, sortOut } from './sort-out.ts';

/** Alerts decided before other work may run: requests do not wait long, and the database is fed the batches before. */
const breathEvery = 250;

/** Alerts of a few batches, decided in order; what was learned on the way. */
export type Decided = {
  made: { observation: Observation; decision: Decision }[];
  alerts: AlertWrite[];
  updates: AlertUpdate[];
  journal: EntityJournal;
  outcomes: SourceOutcome[];
  refused: RefusedAlert[];
};

/**
 * Decides every new alert of the batches, batch by batch: within one, and across those held back for the same moment,
 * they are put in order of time first. How batches are grouped into transactions changes no decision. `hashes` are of
 * their contents; `known` is what is known of their ids, before and then after. Alerts in `refused` are left out, with
 * the reason given; `tuned` says the tuning rule that applies to a new alert. Other work may run in between.
 */
export async function decideBatches(
  batches: readonly WaitingBatch[],
  hashes: ReadonlyMap<PendingAlert, string>,
  known: Map<string, KnownAlert>,
  refused: ReadonlyMap<PendingAlert, string>,
  state: EngineState,
  tuned: (alert: Alert) => TuningMark | null = () => null,
): Promise<Decided> {
  const decided: Decided = {
    made: [],
    alerts: [],
    updates: [],
    journal: new EntityJournal(),
    outcomes: [],
    refused: [],
  };
  const updates = new Map<string, AlertUpdate>();
  const written = new Map<string, { fresh: FreshAlert; write: AlertWrite }>();
  const outcomes = new Map<string, SourceOutcome>();
  let sinceBreath = 0;
  for (const together of momentsOf(batches)) {
    const fresh: FreshAlert[] = [];
    for (const batch of together) {
      sinceBreath += batch.alerts.length;
      if (sinceBreath > breathEvery) {
        await new Promise(setImmediate);
        sinceBreath = 0;
      }
      const sorted = sortOut(batch, hashes, known, refused);
      for (const { pending, outcome, detail } of sorted.outcomes) {
        countOutcome(outcomes, pending.source, outcome);
        if (detail !== null) decided.refused.push(refusedAlert(batch, pending, detail));
      }
      fresh.push(...sorted.fresh);
      for (const update of sorted.updates) updates.set(update.pending.alert.id, update);
    }
    const inOrder = reorder(fresh.map((one) => ({ ...placeOf(one.first.alert), fresh: one })));
    for (const { fresh: one } of inOrder)
      written.set(one.first.alert.id, { fresh: one, write: decideOne(one, state, decided, tuned) });
    for (const batch of together)
      for (const pending of newerVersions(batch, written, updates)) noteUpdate(pending.alert, state, decided.journal);
  }
  for (const { fresh, write } of written.values()) {
    const { first, latest: pending, hash } = fresh;
    countTuning(outcomes, first.source, write.decision);
    // What a rule resolved is resolved as it came first; whether that still holds is for the update to say.
    if (write.decision.tuning?.action === 'resolve' && pending !== first) {
      write.hash = hashes.get(first) ?? hash;
      updates.set(pending.alert.id, { pending, hash });
    } else Object.assign(write, { pending, hash });
  }
  decided.updates.push(...updates.values());
  decided.outcomes.push(...outcomes.values());
  return decided;
}

function decideOne(
  fresh: FreshAlert,
  { correlator, identities, places, rules }: EngineState,
  decided: Decided,
  tuned: (alert: Alert) => TuningMark | null,
): AlertWrite {
  const { alert } = fresh.first;
  const { observation: seen, mentions } = observe(alert, identities);
  const absorbed: [string, string][] = [];
  for (const { resolution } of mentions) for (const from of resolution.absorbed) absorbed.push([from, resolution.id]);
  for (const [from, into] of absorbed) {
    correlator.absorb(from, into);
    if (places !== null) absorbDevice(places, from, into);
    if (rules !== null) absorbInRules(rules, from, into);
  }
  if (places !== null) tellDevices(places, alert, mentions);
  const placed = places === null ? seen : { ...seen, deviceGroup: placeOfAlert(places, mentions) };
  const observation = rules === null ? placed : applyExceptions(placed, rules);
  const tuning = tuned(alert);
  const decision = place(observation, tuning, correlator);
  decided.journal.note(alert, mentions, { first: observation.time, last: observation.lastTime });
  decided.made.push({ observation, decision });
  const stored: StoredObservation = absorbed.length === 0 ? observation : { ...observation, absorbed };
  const { id: batchId, receivedAt } = fresh.batch;
  const write = { pending: fresh.first, hash: fresh.hash, batchId, receivedAt, observation: stored, decision };
  decided.alerts.push(write);
  return write;
}

/** Decides where an alert goes, by the tuning rule that applies to it. */
function place(observation: Observation, tuning: TuningMark | null, correlator: EngineState['correlator']): Decision {
  if (tuning === null) return correlator.decide(observation);
  if (tuning.action !== 'resolve') return correlator.setAside(observation, tuning);
  observation.active = false;
  return { ...correlator.decide(observation), tuning };
}

/** The alerts of a batch that turned out to be the newest version of one decided or stored before. */
function newerVersions(
  batch: WaitingBatch,
  written: ReadonlyMap<string, { fresh: FreshAlert }>,
  updates: ReadonlyMap<string, AlertUpdate>,
): PendingAlert[] {
  return batch.alerts.filter((pending) => {
    const fresh = written.get(pending.alert.id)?.fresh;
    return fresh
      ? fresh.latest === pending && fresh.first !== pending
      : updates.get(pending.alert.id)?.pending === pending;
  });
}

/** Entities an updated alert names join it; identities learn nothing from it, since correlation did not see it. */
function noteUpdate(alert: Alert, { identities, places }: EngineState, journal: EntityJournal): void {
  const { time, last } = placeOf(alert);
  const mentions = entitiesOf(alert).map((mention) => {
    const resolution = findOrCreate(identities, mention);
    return {
      mention: { ...mention, name: identities.bestName(resolution.id, mention.kind, mention.name) },
      resolution,
    };
  });
  journal.note(alert, mentions, { first: time, last });
  if (places !== null) tellDevices(places, alert, mentions);
}

function findOrCreate(identities: IdentityIndex, mention: ResolvedMention['mention']): ResolvedMention['resolution'] {
  const id = identities.known(mention);
  return id === null ? identities.resolve(mention) : { id, created: false, learned: [], absorbed: [] };
}

function placeOf(alert: Alert): { time: number; last: number; alertId: string } {
  const time = Date.parse(alert.firstActivityDateTime);
  return { time, last: Math.max(time, Date.parse(alert.lastActivityDateTime)), alertId: alert.id };
}

function countOutcome(outcomes: Map<string, SourceOutcome>, source: string, outcome: Outcome): void {
  const counts = outcomes.get(source) ?? {
    ...{ source, stored: 0, updated: 0, unchanged: 0, refused: 0 },
    ...{ hidden: 0, autoResolved: 0 },
  };
  counts[outcome]++;
  outcomes.set(source, counts);
}

/** Counts what tuning did with an alert that is stored. */
function countTuning(outcomes: Map<string, SourceOutcome>, source: string, { tuning }: Decision): void {
  const counts = outcomes.get(source);
  if (tuning === undefined || counts === undefined) return;
  counts[tuning.action === 'resolve' ? 'autoResolved' : 'hidden']++;
}

function refusedAlert(batch: WaitingBatch, { source, text }: PendingAlert, detail: string): RefusedAlert {
  return { batchId: batch.id, source, detail, raw: text };
}

import { groupOf } from '@throughline/access';
import type { IncidentFacts } from '@throughline/correlate';
import {
  commitBatch,
  type Db,
  findStored,
  forgetStandingChanges,
  groupRules,
  holdGeneration,
  type PendingAlert,
  type PipelineWrite,
  readFacts,
  readStandingChanges,
  type WaitingBatch,
  type WriterTransaction,
} from '@throughline/store';
import { tuneWith } from '../tuning/tune-with.ts';
import { decideBatches } from './decide-batches.ts';
import type { EngineState } from './engine-state.ts';
import { foldIncidents, incidentWrite, touchedIncidents } from './fold-incidents.ts';
import { refreshExceptions } from './settings-in-force.ts';
import { hashesOf, type KnownAlert } from './sort-out.ts';
import { activityOf, eventsOf } from './tell-changes.ts';

/** What became of a few batches, decided and not yet written. */
export type Prepared = {
  write: PipelineWrite;
  /** Notes of people's decisions that these decisions took into account. */
  standingNotes: number[];
  /** What is known of the batches' alerts once they are written. */
  known: Map<string, KnownAlert>;
};

export type PrepareOptions = {
  db: Db;
  tenantId: string;
  state: EngineState;
  now: Date;
  /** Alerts to put on the dead letter, with the reason. */
  refused?: ReadonlyMap<PendingAlert, string>;
  /** The batches before, still being written: the database may not show them yet. */
  before?: Prepared | null;
};

/**
 * Decides a few batches and works out all that is to be written: told from known ones, decided, folded into incidents.
 * The state runs ahead of the database by this; when the write fails it must be rebuilt.
 */
export async function prepareBatches(batches: readonly WaitingBatch[], options: PrepareOptions): Promise<Prepared> {
  const { db, tenantId, state, now, refused = new Map(), before = null } = options;
  const { notes, standings } = await readStandingChanges(db, tenantId);
  for (const { id, ...standing } of standings) state.correlator.setStanding(id, standing);
  refreshExceptions(state, now);
  // Read for every few batches: who changes a rule expects it to hold for the next alert.
  if (state.places !== null) state.places.rules = await groupRules(db, tenantId);
  const hashes = hashesOf(batches);
  const wanted = [...hashes].map(([{ alert }, hash]) => ({ id: alert.id, hash }));
  const known = new Map<string, KnownAlert>(await findStored(db, tenantId, wanted));
  for (const { id } of wanted) {
    const flying = before?.known.get(id);
    if (flying) known.set(id, { hash: flying.hash, lastUpdate: flying.lastUpdate });
  }
  const tuned = await tuneWith(db, tenantId, state, now, batches);
  const decided = await decideBatches(batches, hashes, known, refused, state, tuned);

  const { facts } = state;
  const missing = touchedIncidents(decided.made).filter((id) => facts.get(id) === undefined);
  for (const [id, stored] of await readFacts(db, tenantId, missing)) facts.set(id, stored as IncidentFacts);
  const { changes, merges } = foldIncidents(decided.made, facts, (id) => state.identities.find(id));
  const isBackground = (id: number) => facts.get(id)?.background ?? false;
  const { journal } = decided;
  const write: PipelineWrite = {
    batchIds: batches.map(({ id }) => id),
    entities: journal.entities,
    keys: journal.keys,
    seen: journal.seen,
    devices: journal.devices,
    redirects: journal.redirects,
    alerts: decided.alerts,
    updates: decided.updates,
    mentions: journal.mentions,
    incidents: changes.map((change) => incidentWrite(change, facts.get(change.id) as IncidentFacts, now.getTime())),
    merges,
    activity: activityOf(changes, merges, isBackground),
    events: eventsOf(changes, merges, isBackground),
    outcomes: decided.outcomes,
    refused: decided.refused,
  };
  for (const { from } of merges) facts.delete(from);
  facts.trim();
  return { write, standingNotes: notes, known };
}

/** Writes what was prepared within one transaction. */
export async function writePrepared(
  trx: WriterTransaction,
  { write, standingNotes }: Prepared,
  { tenantId, state, now }: Pick<PrepareOptions, 'tenantId' | 'state' | 'now'>,
): Promise<void> {
  const fresh = new Set(write.alerts.map(({ decision }) => decision.alertId));
  const updated = write.updates.map(({ pending }) => pending.alert.id).filter((id) => !fresh.has(id));
  await holdGeneration(trx, tenantId, state.generation, updated);
  await forgetStandingChanges(trx, standingNotes);
  await commitBatch(trx, tenantId, now.toISOString(), write, state.numbers, groupOf);
}

/** Takes batches from the log to the database within one transaction. When it fails the state must be rebuilt. */
export async function processBatches(
  trx: WriterTransaction,
  batches: readonly WaitingBatch[],
  options: Omit<PrepareOptions, 'db'>,
): Promise<void> {
  await writePrepared(trx, await prepareBatches(batches, { ...options, db: trx }), options);
}

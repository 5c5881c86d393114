import { contentHash, type PendingAlert, refusalOf, type StoredAlert, type WaitingBatch } from '@throughline/store';

/** An alert of which nothing was known before. `latest` is the newest version that came with it. */
export type FreshAlert = { batch: WaitingBatch; first: PendingAlert; latest: PendingAlert; hash: string };

export type Outcome = 'stored' | 'updated' | 'unchanged' | 'refused';

/** What is known of an alert's id, in the database or earlier in the same transaction. */
export type KnownAlert = Pick<StoredAlert, 'hash' | 'lastUpdate'> & { fresh?: FreshAlert };

/** What a batch brought: new alerts; by id, newer versions of known ones; and what became of each alert. */
export type SortedBatch = {
  fresh: FreshAlert[];
  updates: { pending: PendingAlert; hash: string }[];
  outcomes: { pending: PendingAlert; outcome: Outcome; detail: string | null }[];
};

/** Content hashes of the alerts of a few batches. */
export function hashesOf(batches: readonly WaitingBatch[]): Map<PendingAlert, string> {
  return new Map(batches.flatMap(({ alerts }) => alerts.map((pending) => [pending, contentHash(pending.text)])));
}

/**
 * Tells new alerts from re-delivered ones. A re-delivered alert with other content replaces what is known unless it is
 * older; the same content, whenever last touched, changes nothing. What it learns goes into `known`, with which later
 * batches of the same transaction go on. Alerts in `refused` are left out, with the reason given.
 */
export function sortOut(
  batch: WaitingBatch,
  hashes: ReadonlyMap<PendingAlert, string>,
  known: Map<string, KnownAlert>,
  refused: ReadonlyMap<PendingAlert, string>,
): SortedBatch {
  const fresh: FreshAlert[] = [];
  const updates = new Map<string, { pending: PendingAlert; hash: string }>();
  const place = (pending: PendingAlert): Outcome => {
    const hash = hashes.get(pending) ?? '';
    const { id, lastUpdateDateTime: lastUpdate } = pending.alert;
    const before = known.get(id);
    if (before === undefined) {
      const alert = { batch, first: pending, latest: pending, hash };
      fresh.push(alert);
      known.set(id, { hash, lastUpdate, fresh: alert });
      return 'stored';
    }
    if (before.hash === hash || isOlder(lastUpdate, before.lastUpdate)) return 'unchanged';
    if (before.fresh) Object.assign(before.fresh, { latest: pending, hash });
    else updates.set(id, { pending, hash });
    known.set(id, { ...before, hash, lastUpdate });
    return 'updated';
  };
  const outcomes = batch.alerts.map((pending) => {
    const detail = refused.get(pending) ?? refusalOf(pending.alert);
    return { pending, outcome: detail === null ? place(pending) : ('refused' as const), detail };
  });
  return { fresh, updates: [...updates.values()], outcomes };
}

function isOlder(instant: string, than: string | null): boolean {
  return than !== null && Date.parse(instant) < Date.parse(than);
}

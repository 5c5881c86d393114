/** A batch that waits, without its alerts. `size` is bytes as stored. */
export type Waiting = {
  id: number;
  lane: string;
  /** ms UTC. */
  dueAt: number;
  /** Put in order with all that is due at the same moment. */
  held: boolean;
  accepted: number;
  size: number;
};

/**
 * Chooses whose turn it is: from each lane the oldest, lanes sharing alike, as many as the limits allow and at least one.
 * What a lane holds for one moment stays together where it fits. `waiting` is each lane's oldest, in order; the answer is
 * in order of their moments, then of arrival.
 */
export function chooseBatches(
  waiting: readonly Waiting[],
  { maxAlerts, maxBatches, maxBytes }: { maxAlerts: number; maxBatches: number; maxBytes: number },
): Waiting[] {
  const before = new Map<string, number>();
  const inTurn = waiting
    .map((batch) => {
      const start = before.get(batch.lane) ?? 0;
      before.set(batch.lane, start + batch.accepted);
      return { batch, start };
    })
    .sort((a, b) => a.start - b.start || inOrder(a.batch, b.batch));
  const chosen: Waiting[] = [];
  let alerts = 0;
  let bytes = 0;
  for (const { batch } of inTurn) {
    alerts += batch.accepted;
    bytes += batch.size;
    const over = alerts > maxAlerts || bytes > maxBytes || chosen.length >= maxBatches;
    if (chosen.length > 0 && over) break;
    chosen.push(batch);
  }
  return withoutCutMoments(
    chosen,
    inTurn.slice(chosen.length).map(({ batch }) => batch),
  ).sort(inOrder);
}

/** Leaves out what must wait for the rest of its moment, unless the lane's first moment is too large to be taken whole. */
function withoutCutMoments(chosen: Waiting[], left: readonly Waiting[]): Waiting[] {
  const cut = new Set(left.filter(({ held }) => held).map(momentOf));
  const first = new Map<string, number>();
  for (const { lane, dueAt } of chosen) first.set(lane, Math.min(first.get(lane) ?? dueAt, dueAt));
  return chosen.filter((batch) => !cut.has(momentOf(batch)) || first.get(batch.lane) === batch.dueAt);
}

function momentOf({ lane, dueAt }: Waiting): string {
  return `${dueAt} ${lane}`;
}

function inOrder(a: Waiting, b: Waiting): number {
  return a.dueAt - b.dueAt || a.id - b.id;
}

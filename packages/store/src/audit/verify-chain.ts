import type { AuditFaultKind, AuditVerdict } from '@throughline/model';
import { type ChainedEntry, chainStart, entryHash } from './chain.ts';
import { type Checkpoint, isSealed } from './checkpoint-seal.ts';

/** A chain as it is stored, and what it should fit. */
export type StoredChain = {
  tenantId: string;
  head: { seq: number; hash: Buffer };
  /** By number. */
  checkpoints: readonly (Checkpoint & { seal: Buffer })[];
  /** The checkpoints' key; undefined when it is lost or there never was one. */
  key: string | undefined;
  entries: AsyncIterable<readonly ChainedEntry[]>;
};

class Fault extends Error {
  readonly kind: AuditFaultKind;
  readonly seq: number;
  constructor(kind: AuditFaultKind, seq: number, message: string) {
    super(message);
    this.kind = kind;
    this.seq = seq;
  }
}

/** Recomputes a chain from its beginning and names the first entry that does not fit. */
export async function verifyChain(chain: StoredChain): Promise<AuditVerdict> {
  const { checkpoints } = chain;
  const found = { entries: 0, first: null as number | null, last: null as number | null };
  const verdict = (fault: AuditVerdict['fault']): AuditVerdict => ({
    intact: fault === null,
    ...found,
    checkpoints: checkpoints.length,
    fault,
  });
  try {
    checkSeals(chain);
    const start = beginningOf(chain);
    let { seq, hash } = start;
    const marks = new Map(checkpoints.map((one) => [one.seq, one]));
    let sound = seq;
    for await (const batch of chain.entries) {
      for (const entry of batch) {
        checkEntry(seq, hash, entry, start.seq);
        ({ seq, hash } = entry);
        const mark = marks.get(seq);
        if (mark !== undefined && !mark.hash.equals(hash)) throw unlikeCheckpoint(seq, sound);
        if (mark !== undefined) sound = seq;
        found.entries += 1;
        found.first ??= seq;
        found.last = seq;
      }
    }
    checkEnd(chain, seq, hash);
    return verdict(null);
  } catch (error) {
    if (error instanceof Fault) return verdict({ kind: error.kind, seq: error.seq, message: error.message });
    throw error;
  }
}

function checkSeals({ tenantId, checkpoints, key }: StoredChain): void {
  if (checkpoints.length === 0) return;
  if (key === undefined) {
    throw new Fault(
      'seal',
      checkpoints[0]?.seq ?? 0,
      'The key that sealed the checkpoints is gone: they prove nothing.',
    );
  }
  const forged = checkpoints.find((one) => !isSealed(key, tenantId, one));
  if (forged === undefined) return;
  throw new Fault(
    'checkpoint',
    forged.seq,
    `The checkpoint at entry ${forged.seq} was changed or made by somebody else.`,
  );
}

// The newest checkpoint that says "removed up to here"; else the very beginning.
function beginningOf({ tenantId, checkpoints }: StoredChain): { seq: number; hash: Buffer } {
  return checkpoints.findLast(({ removed }) => removed) ?? { seq: 0, hash: chainStart(tenantId) };
}

function checkEntry(before: number, previous: Buffer, entry: ChainedEntry, start: number): void {
  const { seq } = entry;
  if (seq !== before + 1) {
    const gap =
      seq === before + 2 ? `Entry ${before + 1} is missing` : `Entries ${before + 1} to ${seq - 1} are missing`;
    if (seq <= before) throw new Fault('beginning', seq, `Entry ${seq} is there although it was removed.`);
    const kind = before === start ? 'beginning' : 'missing';
    throw new Fault(
      kind,
      before + 1,
      kind === 'beginning' ? `${gap} at the beginning, and no checkpoint says so.` : `${gap}.`,
    );
  }
  if (!entryHash(previous, entry).equals(entry.hash)) {
    const other = before > start ? `, or entry ${before} before it was` : '';
    throw new Fault('changed', seq, `Entry ${seq} was changed after it was written${other}.`);
  }
}

function unlikeCheckpoint(seq: number, sound: number): Fault {
  const which = sound + 1 === seq ? `Entry ${seq} was` : `An entry from ${sound + 1} to ${seq} was`;
  return new Fault('changed', sound + 1, `${which} rewritten: the chain does not fit the checkpoint at entry ${seq}.`);
}

function checkEnd({ head, checkpoints }: StoredChain, seq: number, hash: Buffer): void {
  const known = Math.max(head.seq, checkpoints.at(-1)?.seq ?? 0);
  if (seq < known) {
    const which = known === seq + 1 ? `Entry ${known} is` : `Entries ${seq + 1} to ${known} are`;
    throw new Fault('truncated', seq + 1, `${which} missing at the end.`);
  }
  if (head.seq !== seq || !head.hash.equals(hash)) {
    throw new Fault(
      'head',
      seq,
      `Entry ${seq} is not the one that was written last: the end of the chain was changed.`,
    );
  }
}

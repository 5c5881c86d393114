import { join } from 'node:path';
import { readBatches } from '@throughline/intake';
import { defaultTenant, errorBody, intakeReceipt } from '@throughline/model';
import { countWaitingBatches } from '@throughline/store';
import { fileLimits } from '../intake/intake-limits.ts';
import { readMappings } from '../intake/mappings.ts';
import { type Body, takeBody } from '../intake/take-body.ts';
import { asStep, createProgress } from '../launch/progress.ts';
import { startPipeline } from '../pipeline/pipeline.ts';
import { readSettings } from '../settings.ts';
import { openLocalDatabase } from './local-database.ts';
import { addTotals, emptyTotals, type Totals } from './totals.ts';

/** Where records go. */
export type IngestTarget = {
  /** Takes one body in; `onRecords` is told how many records of it are read. Rejects when it could not be taken. */
  take(body: Body, onRecords: (count: number) => void): Promise<Totals>;
  /** After the last body: waits until what was accepted is correlated, where nobody else does that. */
  settle(): Promise<void>;
  close(): Promise<void>;
};

const clock = () => new Date();
const nothing = async () => {};

/** Counts only. */
export function dryRun(): IngestTarget {
  const limits = fileLimits(readSettings(process.env));
  return {
    async take({ source, bytes }, onRecords) {
      const totals = emptyTotals();
      for await (const batch of readBatches(bytes, { source, tenantId: defaultTenant, now: clock(), limits })) {
        for (const received of batch) {
          const bad = 'reject' in received;
          const reasons: Record<string, number> = bad ? { [received.reject.reason]: 1 } : {};
          addTotals(totals, { received: 1, accepted: bad ? 0 : 1, rejected: bad ? 1 : 0, reasons });
        }
        onRecords(totals.received);
      }
      return totals;
    },
    settle: nothing,
    close: nothing,
  };
}

/** The database of this machine: the running server's worker takes the batches on, else one started here does. */
export async function intoDatabase(): Promise<IngestTarget> {
  const local = await openLocalDatabase();
  const { db, dataDir, serverUrl } = local;
  const intake = {
    db,
    clock,
    limits: fileLimits(readSettings(process.env)),
    mappings: await readMappings(join(dataDir, 'mappings')),
  };
  return {
    take: (body, onRecords) => takeBody(intake, body, defaultTenant, onRecords),
    async settle() {
      if (serverUrl !== undefined || (await countWaitingBatches(db, 1)) === 0) return;
      const log = { info: () => {}, warn: console.error, error: console.error };
      await asStep(createProgress(process.stderr), 'Correlated', async () => {
        const pipeline = await startPipeline({ db, log, clock });
        await pipeline.idle();
        await pipeline.stop();
      });
    },
    close: local.close,
  };
}

/** A server elsewhere. Its limits hold: a file above them is refused and the refusal names the limit. */
export function overHttp(url: string, token: string): IngestTarget {
  return {
    async take({ source, bytes }) {
      const response = await fetch(new URL(`/api/intake/${encodeURIComponent(source)}`, url), {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
        body: ReadableStream.from(bytes as AsyncIterable<Uint8Array>),
        duplex: 'half',
      } as RequestInit);
      const answer: unknown = await response.json().catch(() => undefined);
      if (response.ok) return intakeReceipt.parse(answer);
      const refusal = errorBody.safeParse(answer).data?.error;
      throw new Error(refusal === undefined ? `the server answered ${response.status}` : refusal.message);
    },
    settle: nothing,
    close: nothing,
  };
}

import { statfs } from 'node:fs/promises';
import type { Measured } from '@throughline/notify';
import { countDeadLetters, type Db, listJobRuns, sourceFacts } from '@throughline/store';

const hour = 3_600_000;

/** Measures what the watch looks at. `dataDir` undefined: its disk cannot be known. */
export async function measure(db: Db, tenantId: string, dataDir: string | undefined, now: Date): Promise<Measured> {
  const [sources, jobs, deadLetters, disk] = await Promise.all([
    sourceFacts(db, tenantId),
    listJobRuns(db),
    countDeadLetters(db, tenantId, new Date(now.getTime() - hour)),
    measureDisk(dataDir),
  ]);
  return { sources, jobs, deadLetters, disk };
}

/** Free and total bytes where the data directory is, as an ordinary user may use them; null when it cannot be known. */
export async function measureDisk(dataDir: string | undefined): Promise<{ free: number; total: number } | null> {
  if (dataDir === undefined) return null;
  try {
    const { bavail, blocks, bsize } = await statfs(dataDir);
    return blocks === 0 ? null : { free: bavail * bsize, total: blocks * bsize };
  } catch {
    return null;
  }
}

import { giveUpAfter, mostAlertLines, plan } from '@throughline/notify';
import { type Db, movePosition, nextOccurrences, readRules, readThreads, writePlan } from '@throughline/store';

/** Alerts judged in one transaction. */
const most = 1_000;

/**
 * Judges the next stretch of a tenant's alerts and writes what is to be told, in one transaction with the position: a
 * crash repeats the whole stretch or nothing. Returns whether there is more.
 */
export async function planTenant(
  db: Db,
  tenantId: string,
  now: Date,
  patience: number = giveUpAfter,
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const rules = await readRules(trx, tenantId);
    if (rules.length === 0) {
      await movePosition(trx, tenantId, 'end');
      return false;
    }
    const { occurrences, last } = await nextOccurrences(trx, tenantId, most);
    if (last === undefined) return false;
    const ids = new Set(
      occurrences.flatMap(({ incidentId, merges }) => [
        incidentId,
        ...merges.flatMap(({ from, into }) => [from, into]),
      ]),
    );
    const threads = await readThreads(trx, tenantId, [...ids]);
    const planned = plan(rules, threads, occurrences, now.getTime());
    await writePlan(trx, tenantId, planned, { now, lines: mostAlertLines, patience });
    await movePosition(trx, tenantId, last);
    return occurrences.length === most;
  });
}

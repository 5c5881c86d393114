import { type Db, readLedger } from '@throughline/store';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { generateModelAlerts } from '../../../../e2e/generate-alerts.ts';
import { append, drain, openDatabase, tenantId } from './pipeline.fixture.ts';

/** What counts what arrived: the intake log and the ledger. */
const counters = ['intake_batch', 'ledger', 'ledger_reason'];

/** A digest of the rows of every other table. */
async function digests(db: Db): Promise<Record<string, string>> {
  const { rows: tables } = await sql<{ name: string }>`
    select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1`.execute(
    db,
  );
  const answer: Record<string, string> = {};
  for (const { name } of tables.filter((table) => !counters.includes(table.name))) {
    const { rows } = await sql<{ digest: string }>`
      select count(*) || ' ' || coalesce(md5(string_agg(t::text, e'\\n' order by t::text)), '') as digest
      from ${sql.table(name)} t`.execute(db);
    answer[name] = rows[0]?.digest ?? '';
  }
  return answer;
}

it('changes no byte of any table but the counters when everything is delivered again', async () => {
  const { db, close } = await openDatabase();
  try {
    const alerts = [...generateModelAlerts(800, { seed: 4 })];
    for (let i = 0; i < alerts.length; i += 100) await append(db, alerts.slice(i, i + 100));
    await drain(db);
    const before = await digests(db);
    expect(Number(before.alert?.split(' ')[0])).toBe(800);
    // In other bodies, in another order, by way of a worker that was started again.
    for (let i = alerts.length; i > 0; i -= 160) await append(db, alerts.slice(Math.max(0, i - 160), i).reverse());
    await drain(db);
    expect(await digests(db)).toEqual(before);
    const { sources, balanced } = await readLedger(db, tenantId);
    expect(balanced).toBe(true);
    expect(sources).toMatchObject([{ received: 1600, stored: 800, duplicate: 800, reasons: { unchanged: 800 } }]);
  } finally {
    await close();
  }
});

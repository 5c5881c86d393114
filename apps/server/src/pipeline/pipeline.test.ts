import { makeAlert } from '@throughline/model';
import { connect, countWaitingBatches, type Db, listDeadLetters, readLedger } from '@throughline/store';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generateModelAlerts } from '../../../../e2e/generate-alerts.ts';
import { append, clock, drain, openDatabase, silent, snapshot, tenantId } from './pipeline.fixture.ts';
import { startPipeline } from './pipeline.ts';

let open: Awaited<ReturnType<typeof openDatabase>>;
beforeEach(async () => {
  open = await openDatabase();
});
afterEach(() => open.close());

describe('the pipeline', () => {
  it('puts every alert into an incident whose counts agree with its alerts', async () => {
    const { db } = open;
    const alerts = [...generateModelAlerts(1500)];
    for (let i = 0; i < alerts.length; i += 500) await append(db, alerts.slice(i, i + 500));
    await drain(db);
    const { alerts: stored, incidents } = await snapshot(db);
    expect(stored.map(({ id }) => id).sort()).toEqual(alerts.map(({ id }) => id).sort());
    expect(incidents.some(({ kind }) => kind === 'incident')).toBe(true);
    const { rows } = await sql<{ id: number; wrong: string }>`
      select i.id, i.alerts_total || ' ' || count(distinct a.seq) as wrong from incident i
      left join alert a on a.tenant_id = i.tenant_id and a.incident_id = i.id
      group by i.tenant_id, i.id
      having i.alerts_total <> count(distinct a.seq) or i.alerts_active <> count(distinct a.seq) filter (where a.status <> 'resolved')
      union all
      select i.id, i.devices || ' devices ' || count(distinct k.entity_n) from incident i
      left join alert a on a.tenant_id = i.tenant_id and a.incident_id = i.id
      left join (alert_entity k join entity e on e.n = k.entity_n and e.kind = 'device') on k.alert_seq = a.seq
      group by i.tenant_id, i.id having i.devices <> count(distinct k.entity_n)
      union all
      select x.incident_id, e.id || ' ' || x.alerts_total || ' ' || count(k.alert_seq) from incident_entity x join entity e on e.n = x.entity_n
      left join (alert_entity k join alert a on a.seq = k.alert_seq) on k.entity_n = x.entity_n and a.incident_id = x.incident_id
      group by x.incident_id, x.entity_n, e.id, x.alerts_total having x.alerts_total <> count(k.alert_seq)`.execute(db);
    expect(rows).toEqual([]);
    const ledger = await readLedger(db, tenantId);
    expect(ledger).toMatchObject({ balanced: true, sources: [{ source: 'graph', stored: 1500, pending: 0 }] });
    const opened = await db
      .selectFrom('activity')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('kind', '=', 'incidentOpened')
      .executeTakeFirstOrThrow();
    expect(opened.n).toBe(incidents.length);
    const merged = incidents.filter(({ redirect_to }) => redirect_to !== null);
    for (const { status, alerts_total, system_tags, redirect_to } of merged) {
      expect({ status, alerts_total, system_tags }).toEqual({
        status: 'redirected',
        alerts_total: 0,
        system_tags: ['Redirected'],
      });
      expect(incidents.find(({ id }) => id === redirect_to)?.redirect_to).toBeNull();
    }
  });

  it('decides the same however batches are grouped, and after every restart', async () => {
    const alerts = [...generateModelAlerts(600, { seed: 3 })];
    for (let i = 0; i < alerts.length; i += 50) await append(open.db, alerts.slice(i, i + 50));
    await drain(open.db);
    const other = await openDatabase();
    try {
      for (let i = 0; i < alerts.length; i += 50) {
        await append(other.db, alerts.slice(i, i + 50));
        await drain(other.db);
      }
      const [a, b] = await Promise.all([snapshot(open.db), snapshot(other.db)]);
      expect(b.alerts).toEqual(a.alerts);
      expect(b.entities).toEqual(a.entities);
      expect(b.scope).toEqual(a.scope);
      expect(b.incidents.map(withoutReason)).toEqual(a.incidents.map(withoutReason));
    } finally {
      await other.close();
    }
  });

  it('raises an incident whose alert its source raises, and lowers none', async () => {
    const { db } = open;
    const [generated] = [...generateModelAlerts(1)];
    if (!generated) throw new Error('an alert expected');
    const alert = { ...generated, severity: 'medium' as const };
    const severities = async () =>
      (await db.selectFrom('incident').select('severity').execute()).map((i) => i.severity);
    for (const [severity, minute] of [
      ['medium', 0],
      ['high', 1],
      ['low', 2],
    ] as const) {
      await append(db, [{ ...alert, severity, lastUpdateDateTime: `2027-01-06T00:0${minute}:00.000Z` }]);
      await drain(db);
      expect(await severities()).toEqual([severity === 'medium' ? 3 : 4]);
    }
    // What notification rules judge: raised once, by the newer version alone.
    const raises = await db.selectFrom('notification_raise').select(['severity_before', 'severity_after']).execute();
    expect(raises).toEqual([{ severity_before: 3, severity_after: 4 }]);
  });

  it('counts re-delivery as duplicate, updates what changed, and keeps what a person decided', async () => {
    const { db } = open;
    const [a, b, c] = [...generateModelAlerts(3)];
    if (!a || !b || !c) throw new Error('three alerts expected');
    await append(db, [a, b, c]);
    await drain(db);
    await db.updateTable('alert').set({ status: 'resolved', person_decided: true }).where('id', '=', b.id).execute();
    const later = '2026-01-06T00:00:00.000Z';
    const ip = { '@odata.type': '#microsoft.graph.security.ipEvidence', ipAddress: '198.51.100.7' };
    await append(db, [
      { ...a, lastUpdateDateTime: later },
      { ...b, title: 'New title', status: 'inProgress', lastUpdateDateTime: later },
      { ...c, status: 'resolved', evidence: [...c.evidence, ip] },
      { ...c, title: 'Older', lastUpdateDateTime: '2020-01-01T00:00:00.000Z' },
    ]);
    await drain(db);
    const stored = await db.selectFrom('alert').select(['id', 'title', 'status', 'doc']).orderBy('seq').execute();
    expect(stored.map(({ id, title, status }) => [id, title, status])).toEqual([
      [a.id, a.title, 'new'],
      [b.id, 'New title', 'resolved'],
      [c.id, c.title, 'resolved'],
    ]);
    expect(stored[1]?.doc.title).toBe('New title');
    const linked = await db
      .selectFrom('alert_entity as k')
      .innerJoin('entity as e', 'e.n', 'k.entity_n')
      .innerJoin('alert as a', 'a.seq', 'k.alert_seq')
      .select('a.id')
      .where('e.id', '=', 'ip ip:198.51.100.7')
      .execute();
    expect(linked).toEqual([{ id: c.id }]);
    const [row] = (await readLedger(db, tenantId)).sources;
    expect(row).toMatchObject({ received: 7, stored: 3, duplicate: 4, reasons: { updated: 2, unchanged: 2 } });
    const activity = await db
      .selectFrom('activity')
      .select(['alert_id', 'summary'])
      .where('kind', '=', 'alertUpdated')
      .orderBy('id')
      .execute();
    expect(activity).toEqual([
      { alert_id: b.id, summary: 'The source updated an alert' },
      { alert_id: c.id, summary: 'The source updated an alert and resolved it' },
    ]);
    const active = await db
      .selectFrom('incident')
      .select((eb) => eb.fn.sum<number>('alerts_active').as('n'))
      .executeTakeFirst();
    expect(active?.n).toBe(2);
  });

  it('puts an alert that the database refuses on the dead letter and stores the rest', async () => {
    const { db } = open;
    await sql`alter table alert add constraint no_poison check (title <> 'poison')`.execute(db);
    const alerts = [...generateModelAlerts(300, { seed: 5 })].map((alert, i) =>
      i === 37 || i === 201 ? { ...alert, title: 'poison' } : alert,
    );
    const long = makeAlert({ ...alerts[0], id: 'x'.repeat(2000) } as never);
    for (let i = 0; i < 300; i += 100) await append(db, alerts.slice(i, i + 100));
    await append(db, [long]);
    await drain(db);
    const { alerts: stored } = await snapshot(db);
    expect(stored.length).toBe(298);
    const { items } = await listDeadLetters(db, tenantId, { limit: 10 });
    expect(items.map(({ reason, detail }) => [reason, detail.slice(0, 40)])).toEqual([
      ['storeRefused', 'id is longer than 1000 bytes'],
      ['storeRefused', 'new row for relation "alert" violates ch'],
      ['storeRefused', 'new row for relation "alert" violates ch'],
    ]);
    const ledger = await readLedger(db, tenantId);
    expect(ledger.balanced).toBe(true);
    expect(ledger.sources).toMatchObject([{ received: 301, stored: 298, rejected: 3, reasons: { storeRefused: 3 } }]);
    // The rest was decided as if the refused had never come.
    const other = await openDatabase();
    try {
      for (let i = 0; i < 300; i += 100) {
        await append(
          other.db,
          alerts.slice(i, i + 100).filter(({ title }) => title !== 'poison'),
        );
      }
      await drain(other.db);
      expect((await snapshot(other.db)).alerts).toEqual(stored);
    } finally {
      await other.close();
    }
  });

  it('goes on as if nothing had happened when its connections are cut', async () => {
    const alerts = [...generateModelAlerts(1000, { seed: 9 })];
    const other = await openDatabase();
    try {
      for (const { db } of [open, other]) {
        for (let i = 0; i < alerts.length; i += 100) await append(db, alerts.slice(i, i + 100));
      }
      await drain(other.db);
      const warnings: string[] = [];
      const log = { ...silent, error: (line: string) => void warnings.push(line) };
      const db = connect(open.url, { max: 4, log });
      const pipeline = await startPipeline({ db, log, clock });
      for (let cut = 0; cut < 4; cut++) {
        await new Promise((resolve) => setTimeout(resolve, 40 + 60 * cut));
        await sql`
          select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid()`.execute(open.db);
      }
      await untilDone(open.db);
      await pipeline.stop();
      await db.destroy();
      expect(warnings.length).toBeGreaterThan(0);
      expect((await snapshot(open.db)).alerts).toEqual((await snapshot(other.db)).alerts);
      expect((await readLedger(open.db, tenantId)).sources).toMatchObject([
        { received: 1000, stored: 1000, duplicate: 0 },
      ]);
    } finally {
      await other.close();
    }
  });

  it('hands over: a second pipeline stands by and takes over when the first ends', async () => {
    const { db } = open;
    const first = await startPipeline({ db, log: silent, clock });
    const second = await startPipeline({ db, log: silent, clock });
    const alerts = [...generateModelAlerts(40)];
    await append(db, alerts.slice(0, 20));
    await first.idle();
    await first.stop();
    await append(db, alerts.slice(20));
    await second.idle();
    await second.stop();
    expect((await snapshot(db)).alerts.length).toBe(40);
  });
});

async function untilDone(db: Db): Promise<void> {
  while ((await countWaitingBatches(db, 1)) > 0) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** The reason shown is the strongest of a transaction, so it depends on grouping, as do updated_at and created_at. */
function withoutReason<T extends { reason: string }>({ reason: _, ...incident }: T) {
  return incident;
}

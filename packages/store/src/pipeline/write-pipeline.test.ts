import { type Decision, makeAlert } from '@throughline/model';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect, type Db } from '../database.ts';
import { freshDatabase } from '../engine/test-database.ts';
import { pendingAlert } from '../intake/batch-codec.ts';
import { migrate } from '../migrate.ts';
import { commitBatch, type PipelineWrite } from './commit-batch.ts';
import { forgetStandingChanges, readStandingChanges } from './standing-changes.ts';
import type { IncidentWrite } from './write-incidents.ts';
import { asWriter } from './writer.ts';

const tenantId = 'default';
const now = '2026-01-01T12:00:00.000Z';
const at = '2026-01-01T00:00:00.000Z';
const numbers = new Map<string, number>();

const nothing: PipelineWrite = {
  batchIds: [],
  entities: [],
  keys: [],
  seen: [],
  devices: [],
  redirects: [],
  alerts: [],
  updates: [],
  mentions: [],
  incidents: [],
  merges: [],
  activity: [],
  events: [],
  outcomes: [],
  refused: [],
};

function incident(id: number, more: Partial<IncidentWrite> = {}): IncidentWrite {
  return {
    id,
    kind: 'incident',
    displayName: `Incident ${id}`,
    severity: 'medium',
    priorityScore: 40,
    factors: [],
    reason: 'because',
    facts: { of: id },
    tacticMask: 1,
    serviceSources: ['s'],
    detectionSources: [],
    categories: [],
    products: [],
    threats: [],
    firstActivity: at,
    lastActivity: at,
    continues: null,
    addedAlerts: 0,
    arrivesResolved: null,
    addedActive: 0,
    ...more,
  };
}

function pending(id: string, more: object = {}) {
  const seed = {
    id,
    tenantId,
    providerAlertId: id,
    title: id,
    serviceSource: 's',
    detectorId: 'd',
    createdDateTime: at,
  };
  return pendingAlert('s', makeAlert({ ...seed, ...more }));
}

function alert(id: string, incidentId: number) {
  const decision: Decision = {
    alertId: id,
    kind: 'joined',
    incidentId,
    continues: null,
    novelty: 5,
    score: 4,
    threshold: 3,
    terms: [],
    refusals: [],
    merges: [],
  };
  return { pending: pending(id), hash: '00'.repeat(16), batchId: 1, receivedAt: now, observation: {}, decision };
}

const device = (id: string) => ({ id, kind: 'device' as const, name: id, firstSeen: at, lastSeen: at });
const mention = (alertId: string, entityId: string) => ({
  alertId,
  entityId,
  kind: 'device' as const,
  roles: ['attacked'],
  evidenceIndex: 0,
  firstSeen: at,
  lastSeen: at,
});

describe('what the pipeline writes', () => {
  let db: Db;
  let drop: () => Promise<void>;

  const write = (part: Partial<PipelineWrite>) =>
    asWriter(db, tenantId, (writer) =>
      writer.transaction().execute((trx) => commitBatch(trx, tenantId, now, { ...nothing, ...part }, numbers, () => 0)),
    );

  beforeEach(async () => {
    const fresh = await freshDatabase();
    drop = fresh.drop;
    await migrate(fresh.databaseUrl);
    db = connect(fresh.databaseUrl, { max: 4, log: console });
    numbers.clear();
    await write({
      entities: [device('device a'), device('device b'), device('device c')],
      alerts: [alert('a1', 1), alert('a2', 1), alert('b1', 2), alert('b2', 2)],
      incidents: [incident(1, { addedAlerts: 2, addedActive: 2 }), incident(2, { addedAlerts: 2, addedActive: 2 })],
      mentions: [
        mention('a1', 'device a'),
        mention('a2', 'device b'),
        mention('b1', 'device b'),
        mention('b2', 'device b'),
        mention('b2', 'device c'),
      ],
    });
  });
  afterEach(async () => {
    await db.destroy();
    await drop();
  });

  const incidents = () => db.selectFrom('incident').selectAll().orderBy('id').execute();
  const touched = () =>
    db
      .selectFrom('incident_entity as i')
      .innerJoin('entity as e', 'e.n', 'i.entity_n')
      .select(['i.incident_id', 'e.id', 'i.alerts_total'])
      .orderBy('i.incident_id')
      .orderBy('e.id')
      .execute();

  it('merges alerts, entities, tags and totals, and what people decided survives', async () => {
    await sql`
      update incident set display_name = 'Ours', name_locked = true, custom_tags = '{x,y}', assigned_to = 'mira',
        status = 'inProgress', standing_version = 3 where id = 2`.execute(db);
    await db
      .updateTable('incident')
      .set({ custom_tags: ['y', 'z'] })
      .where('id', '=', 1)
      .execute();
    await write({ merges: [{ from: 2, into: 1 }] });
    const [into, from] = await incidents();
    expect(into).toMatchObject({
      display_name: 'Ours',
      name_locked: true,
      custom_tags: ['x', 'y', 'z'],
      assigned_to: 'mira',
      status: 'inProgress',
      alerts_total: 4,
      alerts_active: 4,
      devices: 3,
    });
    expect(from).toMatchObject({
      status: 'redirected',
      redirect_to: 1,
      system_tags: ['Redirected'],
      alerts_total: 0,
      alerts_active: 0,
      devices: 0,
    });
    expect(await touched()).toEqual([
      { incident_id: 1, id: 'device a', alerts_total: 1 },
      { incident_id: 1, id: 'device b', alerts_total: 3 },
      { incident_id: 1, id: 'device c', alerts_total: 1 },
    ]);
    const placed = await db
      .selectFrom('alert')
      .select(['id', 'incident_id', 'origin_incident_id'])
      .orderBy('seq')
      .execute();
    expect(placed.map((row) => [row.id, row.incident_id, row.origin_incident_id])).toEqual([
      ['a1', 1, 1],
      ['a2', 1, 1],
      ['b1', 1, 2],
      ['b2', 1, 2],
    ]);
  });

  it('keeps redirects one step long, and a decision about the survivor over one about the absorbed', async () => {
    await write({ incidents: [incident(3)] });
    await sql`update incident set assigned_to = 'jon', standing_version = 1 where id = 3`.execute(db);
    await sql`update incident set assigned_to = 'mira', standing_version = 1 where id = 1`.execute(db);
    await write({
      merges: [
        { from: 2, into: 1 },
        { from: 1, into: 3 },
      ],
    });
    const rows = await incidents();
    expect(rows.map(({ id, redirect_to, assigned_to }) => [id, redirect_to, assigned_to])).toEqual([
      [1, 3, 'mira'],
      [2, 3, null],
      [3, null, 'jon'],
    ]);
    expect(rows[2]?.alerts_total).toBe(4);
  });

  it('leaves a locked name and severity alone', async () => {
    await sql`
      update incident set display_name = 'Ours', name_locked = true, severity = 1, severity_locked = true
      where id = 1`.execute(db);
    const change = { displayName: 'Renamed', severity: 'high' as const };
    await write({ incidents: [incident(1, change), incident(2, change)] });
    const rows = await incidents();
    expect(rows.map(({ display_name, severity }) => [display_name, severity])).toEqual([
      ['Ours', 1],
      ['Renamed', 4],
    ]);
  });

  it('makes one entity of two, in alerts, incidents and counts', async () => {
    await write({ redirects: [{ from: 'device c', into: 'device b' }] });
    expect(await touched()).toEqual([
      { incident_id: 1, id: 'device a', alerts_total: 1 },
      { incident_id: 1, id: 'device b', alerts_total: 1 },
      { incident_id: 2, id: 'device b', alerts_total: 2 },
    ]);
    expect((await incidents()).map(({ devices }) => devices)).toEqual([2, 1]);
    const [absorbed] = await db.selectFrom('entity').select('redirect_to').where('id', '=', 'device c').execute();
    expect(absorbed?.redirect_to).toBe(numbers.get('device b'));
  });

  it('an update from the source follows its own owner, and not past a person', async () => {
    const hash = '11'.repeat(16);
    await write({ updates: [{ pending: pending('a1', { assignedTo: 'vendor-a' }), hash }] });
    await db.updateTable('alert').set({ assigned_to: 'mira' }).where('id', '=', 'a2').execute();
    await write({
      updates: [
        { pending: pending('a1', { assignedTo: 'vendor-b' }), hash },
        { pending: pending('a2', { assignedTo: 'vendor-b', status: 'resolved' }), hash },
      ],
    });
    const rows = await db.selectFrom('alert').select(['assigned_to', 'status']).orderBy('seq').limit(2).execute();
    expect(rows).toEqual([
      { assigned_to: 'vendor-b', status: 'new' },
      { assigned_to: 'mira', status: 'resolved' },
    ]);
    expect((await incidents())[0]?.alerts_active).toBe(1);
  });

  it('hands each decision of a person to correlation once, when the transaction commits', async () => {
    await sql`update incident set status = 'resolved', standing_version = 1 where id = 2`.execute(db);
    const forget = (notes: number[], fail: boolean) =>
      asWriter(db, tenantId, (writer) =>
        writer.transaction().execute(async (trx) => {
          await forgetStandingChanges(trx, notes);
          if (fail) throw new Error('undone');
        }),
      );
    const { notes } = await readStandingChanges(db, tenantId);
    await expect(forget(notes, true)).rejects.toThrow('undone');
    expect((await readStandingChanges(db, tenantId)).standings).toEqual([
      { id: 2, status: 'resolved', assignedTo: null, classification: 'unknown', determination: 'unknown' },
    ]);
    await forget(notes, false);
    expect(await readStandingChanges(db, tenantId)).toEqual({ notes: [], standings: [] });
  });

  it('has one writer at a time', async () => {
    let release = () => {};
    const holding = new Promise<void>((resolve) => {
      release = resolve;
    });
    const first = asWriter(db, tenantId, () => holding);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await asWriter(db, tenantId, async () => 1)).toBeUndefined();
    expect(await asWriter(db, 'another', async () => 2)).toEqual({ result: 2 });
    release();
    await first;
    expect(await asWriter(db, tenantId, async () => 3)).toEqual({ result: 3 });
  });
});

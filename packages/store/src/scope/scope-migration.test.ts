import type { Evidence } from '@throughline/model';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type Db } from '../database.ts';
import { freshDatabase } from '../engine/test-database.ts';
import { migrate, shippedMigrations } from '../migrate.ts';
import { addAlert, addEntity, addIncident, mention } from '../query/seed-rows.fixture.ts';

let db: Db;
let url: string;
let close: () => Promise<void>;

beforeAll(async () => {
  const fresh = await freshDatabase();
  url = fresh.databaseUrl;
  await migrate(
    url,
    (await shippedMigrations()).filter(({ name }) => name < '020'),
  );
  db = connect(url, { max: 2, log: { warn: () => {} } });
  close = async () => {
    await db.destroy();
    await fresh.drop();
  };
});
afterAll(() => close());

test('what was stored before has its groups, and devices what their newest alert told', async () => {
  const evidence = (fields: object) =>
    [{ '@odata.type': '#microsoft.graph.security.deviceEvidence', ...fields }] as unknown as Evidence[];
  const named = await addEntity(db, 'device', 'FS-01', ['dns:fs-01']);
  const user = await addEntity(db, 'user', 'mira', ['upn:mira']);
  for (const id of [1, 2]) await addIncident(db, id);
  await addIncident(db, 3, { status: 'redirected', redirect_to: 1 });
  const old = await addAlert(db, 1, 'old', {
    evidence: evidence({ deviceDnsName: 'FS-01.corp.example', tags: ['Old'] }),
  });
  const newer = await addAlert(db, 1, 'newer', {
    evidence: evidence({ deviceDnsName: 'FS-01.corp.example', osPlatform: 'Linux', tags: ['VIP'] }),
  });
  const none = await addAlert(db, 2, 'none');
  const odd = await addAlert(db, 1, 'odd', { evidence: evidence({ hostName: 'ODD', tags: 'not a list' }) });
  const oddDevice = await addEntity(db, 'device', 'ODD', ['dns:odd']);
  for (const seq of [old, newer]) await mention(db, { seq, incidentId: 1 }, { n: named, kind: 'device' });
  await mention(db, { seq: odd, incidentId: 1 }, { n: oddDevice, kind: 'device' });
  await mention(db, { seq: none, incidentId: 2 }, { n: user, kind: 'user' });

  await migrate(url);

  const alerts = await db.selectFrom('alert').select(['id', 'device_groups']).orderBy('seq').execute();
  expect(alerts.map(({ id, device_groups }) => [id, device_groups])).toEqual([
    ['old', [0]],
    ['newer', [0]],
    ['none', [-1]],
    ['odd', [0]],
  ]);
  const incidents = await db.selectFrom('incident').select(['id', 'device_groups']).orderBy('id').execute();
  expect(incidents.map(({ device_groups }) => device_groups)).toEqual([[0], [-1], [0]]);
  const entities = await db.selectFrom('entity').select(['n', 'device_group']).orderBy('n').execute();
  expect(entities.map(({ device_group }) => device_group)).toEqual([0, null, 0]);
  expect(await db.selectFrom('device').selectAll().orderBy('entity_n').execute()).toEqual([
    {
      entity_n: named,
      tenant_id: 'default',
      names: ['fs-01.corp.example'],
      domains: ['corp.example'],
      tags: ['vip'],
      os_platforms: ['linux'],
    },
    { entity_n: oddDevice, tenant_id: 'default', names: ['odd'], domains: [], tags: [], os_platforms: [] },
  ]);
});

test('a new tenant has its ungrouped devices', async () => {
  await db.insertInto('tenant').values({ id: 'new', name: 'New' }).execute();
  const { rank, name } = await db
    .selectFrom('device_group')
    .selectAll()
    .where('tenant_id', '=', 'new')
    .executeTakeFirstOrThrow();
  expect([rank, name]).toEqual([null, 'Ungrouped devices']);
});

import { notificationRuleBody } from '@throughline/model';
import {
  createRule,
  deleteRule,
  everything,
  findWebhooks,
  listDeliveries,
  listRules,
  readRule,
  retryDelivery,
  updateRule,
} from '@throughline/store';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startWorld, tenantId, type World } from './notify.fixture.ts';
import { planTenant } from './plan-tenant.ts';
import { addWebhook } from './set-webhook.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.stop());

const change = () => ({ by: 'test', now: new Date(), author: null });
const body = (more: object = {}) =>
  notificationRuleBody.parse({
    name: 'Rule',
    severities: ['high'],
    recipients: ['ada@example.com', 'bob@example.com'],
    quietMinutes: 30,
    ...more,
  });
const plan = () => planTenant(world.db, tenantId, new Date());
const targets = async () =>
  (await world.db.selectFrom('notification_delivery').select('target').orderBy('id').execute()).map(
    (row) => row.target,
  );
const sinceOf = async (id: number) =>
  Object.fromEntries(
    (
      await world.db.selectFrom('notification_rule').select('recipients').where('id', '=', id).executeTakeFirstOrThrow()
    ).recipients.map(({ target, since }) => [target, since]),
  );

describe('messages that wait are discarded', () => {
  test.each([
    ['when a recipient is taken out', { recipients: ['bob@example.com'] }, ['bob@example.com']],
    ['when the rule is switched off', { enabled: false }, []],
    ['not when an address is written otherwise', { recipients: ['ADA@example.com'] }, ['ada@example.com']],
    ['not when something else changes', { description: 'x' }, ['ada@example.com', 'bob@example.com']],
  ])('%s', async (_, more, left) => {
    const { id } = await world.rule(body());
    await world.put({ incidentId: 1 });
    await plan();
    expect(await targets()).toEqual(['ada@example.com', 'bob@example.com']);
    await updateRule(world.db, everything(tenantId), id, body(more), change());
    expect(await targets()).toEqual(left);
  });

  test('when the rule is deleted; what was sent or died stays', async () => {
    const { id } = await world.rule(body());
    await world.put({ incidentId: 1 });
    await plan();
    await world.db
      .updateTable('notification_delivery')
      .set({ state: 'dead' })
      .where('target', '=', 'ada@example.com')
      .execute();
    await deleteRule(world.db, everything(tenantId), id);
    expect(await targets()).toEqual(['ada@example.com']);
    expect(await world.db.selectFrom('notification_thread').selectAll().execute()).toEqual([]);
    await world.put({ incidentId: 1 });
    await plan();
    expect(await targets()).toEqual(['ada@example.com']);
  });
});

test('a recipient keeps the time of joining, however it is written', async () => {
  const {
    rule: { id },
  } = await createRule(world.db, everything(tenantId), body(), {
    by: 'test',
    now: new Date('2026-01-01T00:00:00Z'),
    author: null,
  });
  const more = body({ recipients: ['ADA@example.com', 'carl@example.com', 'carl@EXAMPLE.com'] });
  const changed = await updateRule(world.db, everything(tenantId), id, more, {
    by: 'x',
    now: new Date('2026-02-01T00:00:00Z'),
    author: null,
  });
  expect(changed.rule.recipients).toEqual(['ADA@example.com', 'carl@example.com']);
  expect(await sinceOf(id)).toEqual({
    'ADA@example.com': '2026-01-01T00:00:00.000Z',
    'carl@example.com': '2026-02-01T00:00:00.000Z',
  });
});

test('a plan made twice writes the same messages once', async () => {
  await world.rule(body());
  await world.put({ incidentId: 1 }, { incidentId: 1 });
  await plan();
  const before = await targets();
  // What a crash before the position is stored would repeat cannot be: both are one transaction. Should it happen all
  // the same, the keys refuse.
  await world.db.updateTable('notification_position').set({ alert_seq: 0 }).execute();
  await world.db.deleteFrom('notification_thread').execute();
  await expect(plan()).rejects.toThrow(/notification_notice_key/);
  expect(await targets()).toEqual(before);
});

test('nothing of one tenant is another’s', async () => {
  await world.db.insertInto('tenant').values({ id: 'other', name: 'Other' }).execute();
  const rule = await world.rule(body());
  const hook = await addWebhook(
    world.db,
    world.keys,
    tenantId,
    { format: 'throughline', name: 'a', url: 'https://a.example.com/' },
    change(),
  );
  await world.put({ incidentId: 1 });
  await plan();
  await planTenant(world.db, 'other', new Date());
  const { items } = await listDeliveries(world.db, tenantId, { limit: 10 });
  expect(items).toHaveLength(2);
  expect((await listDeliveries(world.db, 'other', { limit: 10 })).items).toEqual([]);
  expect(await listRules(world.db, everything('other'))).toEqual([]);
  expect(await findWebhooks(world.db, 'other', [hook.id])).toEqual(new Map());
  const retry = { now: new Date(), patience: 1 };
  const refused = [
    () => readRule(world.db, everything('other'), rule.id),
    () => updateRule(world.db, everything('other'), rule.id, body(), change()),
    () => deleteRule(world.db, everything('other'), rule.id),
    () => createRule(world.db, everything('other'), body({ webhooks: [hook.id] }), change()),
    () => retryDelivery(world.db, 'other', items[0]?.id ?? 0, retry),
  ];
  for (const attempt of refused) await expect(attempt()).rejects.toMatchObject({ name: 'NotifyError' });
  expect((await readRule(world.db, everything(tenantId), rule.id)).rule.name).toBe('Rule');
});

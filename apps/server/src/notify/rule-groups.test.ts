import { everything, listRules, tellAction, tellReport } from '@throughline/store';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type MailReceiver, startMailReceiver } from './mail-receiver.fixture.ts';
import { startWorld, tenantId, type World } from './notify.fixture.ts';
import { planTenant } from './plan-tenant.ts';

let world: World;
let mailbox: MailReceiver;
beforeEach(async () => {
  world = await startWorld();
  mailbox = await startMailReceiver();
  await world.mailServer(mailbox.port);
  await world.db
    .insertInto('device_group')
    .values([1, 2].map((id) => ({ tenant_id: tenantId, id, rank: id, name: `group ${id}`, rule: '{"conditions":[]}' })))
    .execute();
});
afterEach(async () => {
  await world.stop();
  await mailbox.stop();
});

const plan = (db = world.db) => planTenant(db, tenantId, new Date());
const countsOf = async (id: number) =>
  (await listRules(world.db, everything(tenantId))).find(({ rule }) => rule.id === id)?.rule.counts;
const groupsOf = (incidentId: number, device_groups: number[]) =>
  world.db.updateTable('incident').set({ device_groups }).where('id', '=', incidentId).execute();
/** What the pipeline does when a source raises an alert of which it told before. */
const raise = (id: string, before: number, after: number) =>
  world.db.transaction().execute(async (trx) => {
    const { seq } = await trx
      .updateTable('alert')
      .set({ severity: after })
      .where('id', '=', id)
      .returning('seq')
      .executeTakeFirstOrThrow();
    await trx
      .insertInto('notification_raise')
      .values({ tenant_id: tenantId, alert_seq: seq, severity_before: before, severity_after: after })
      .execute();
  });

describe('a rule about chosen device groups', () => {
  test('tells of alerts on them, and its mail names nothing else', async () => {
    const { id } = await world.rule({ deviceGroups: [1], severities: ['high'] });
    const secret = { display_name: 'SECRET-pc is taken', reason: 'Joined by SECRET-pc' };
    await world.put(
      { incidentId: 1, groups: [2], title: 'SECRET began', incident: secret },
      { incidentId: 1, groups: [1], title: 'Seen on finance' },
      { incidentId: 1, groups: [2], title: 'SECRET went on' },
      { incidentId: 2, groups: [2], title: 'SECRET elsewhere' },
      { incidentId: 3, groups: [-1], title: 'SECRET without a device' },
    );
    await groupsOf(1, [1, 2]);
    world.notifier();
    const [mail] = await mailbox.until(1);
    expect(mail?.subject).toContain('Seen on finance');
    expect(mail?.text).toContain('1 open of 1');
    expect(mail?.raw).not.toContain('SECRET');
    expect(mailbox.mails).toHaveLength(1);
    expect(await countsOf(id)).toEqual({ firstMatch: 1, groupNotChosen: 4 });
  });

  test('an incident wholly within them is told as it is', async () => {
    await world.rule({ deviceGroups: [1, -1], severities: ['high'] });
    await world.put({ incidentId: 1, groups: [1] }, { incidentId: 2, groups: [-1] });
    await Promise.all([groupsOf(1, [1]), groupsOf(2, [-1])]);
    world.notifier();
    const mails = await mailbox.until(2);
    expect(mails.map(({ subject }) => subject).sort()).toEqual([
      'High incident 1: Incident name 1',
      'High incident 2: Incident name 2',
    ]);
  });

  test('what left the groups before the mail went is not told', async () => {
    await world.rule({ deviceGroups: [1], severities: ['high'] });
    await world.put({ incidentId: 1, groups: [1], title: 'SECRET' });
    await plan();
    await world.db
      .updateTable('alert')
      .set({ device_groups: [2] })
      .execute();
    await groupsOf(1, [2]);
    await world.put({ incidentId: 2, groups: [1], title: 'Told' });
    await groupsOf(2, [1]);
    world.notifier();
    const [mail] = await mailbox.until(1);
    expect(mail?.subject).toContain('incident 2');
    await expect.poll(() => world.states()).toEqual({ dead: 1, sent: 1 });
  });
});

describe('a raised severity', () => {
  test('of an alert below the rule makes the first message; twice raised is two updates, and no crash doubles one', async () => {
    const { id } = await world.rule({ severities: ['high'] });
    await world.put({ incidentId: 1, severity: 'low', title: 'Odd sign-in' });
    await plan();
    expect(await world.states()).toEqual({});
    await raise('alert-2', 2, 4);
    const broken = world.db.transaction().execute(async () => {
      await plan();
      throw new Error('the server ends here');
    });
    await expect(broken).rejects.toThrow('ends here');
    await plan();
    await plan();
    world.notifier();
    const [mail] = await mailbox.until(1);
    expect(mail?.text).toContain('New incident 1');
    expect(mail?.text).toContain('raised from Low');
    expect(await countsOf(id)).toEqual({ severityNotChosen: 1, firstMatch: 1 });
    await expect.poll(() => world.states()).toEqual({ sent: 1 });
  });

  test('of an alert that waits in a message is told in it, once', async () => {
    await world.rule({ severities: ['medium', 'high'], quietMinutes: 60 });
    await world.put({ incidentId: 1 });
    await plan();
    await world.db.updateTable('notification_notice').set({ rendered_at: new Date() }).execute();
    await world.put({ incidentId: 1, severity: 'medium', title: 'Growing' });
    await plan();
    await raise('alert-3', 3, 4);
    await plan();
    const notices = await world.db
      .selectFrom('notification_notice')
      .select(['event', 'alert_count', 'alerts'])
      .orderBy('id')
      .execute();
    expect(notices).toHaveLength(2);
    expect(notices[1]).toMatchObject({ event: 'severityRaised', alert_count: 1 });
    expect(notices[1]?.alerts).toMatchObject([{ title: 'Growing', severity: 'high', raisedFrom: 'medium' }]);
  });

  test('that came before the alert was judged is judged after it, once each', async () => {
    const { id } = await world.rule({ severities: ['high'], quietMinutes: 0 });
    await world.put({ incidentId: 1, severity: 'medium' });
    await raise('alert-2', 3, 4);
    await plan();
    expect(await countsOf(id)).toEqual({ severityNotChosen: 1, firstMatch: 1 });
    expect(await world.states()).toEqual({ waiting: 1 });
  });
});

test('response actions and threat reports reach their rules, once, within their device groups', async () => {
  const action = { sources: ['manual' as const], types: null, statuses: ['failed' as const] };
  const own = await world.rule({ kind: 'action', severities: [], action, deviceGroups: [1] });
  const report = { changes: 'new' as const, types: null, tags: ['PHISHING'] };
  await world.rule({ kind: 'report', severities: [], report });
  const event = { source: 'manual', type: 'isolateDevice', status: 'failed', by: 'ada', incidentId: 7 } as const;
  const at = new Date().toISOString();
  await tellAction(world.db, tenantId, { ...event, target: 'fin-pc', deviceGroups: [1], at });
  await tellAction(world.db, tenantId, { ...event, target: 'SECRET-pc', deviceGroups: [2], at });
  await tellReport(world.db, tenantId, {
    ...{ change: 'new', title: 'QR codes', type: 'technique', tags: ['Phishing'], summary: 'Pictures of links.', at },
  });
  const [first, second] = [world.notifier(), world.notifier()];
  const mails = await mailbox.until(2);
  await Promise.all([first.stop(), second.stop()]);
  expect(mails.map(({ subject }) => subject).sort()).toEqual([
    'New threat report: QR codes',
    'Response action failed: Isolate device: fin-pc',
  ]);
  expect(await countsOf(own.id)).toEqual({ firstMatch: 1, groupNotChosen: 1 });
  expect(mailbox.mails).toHaveLength(2);
});

import type { EscalationPolicyInput } from '@throughline/model';
import { escalationPolicyBody, onCallScheduleBody } from '@throughline/model';
import { nextDigest } from '@throughline/notify';
import {
  acknowledgeByLink,
  escalationOf,
  readAcknowledgeLink,
  saveDigest,
  savePolicy,
  saveSchedule,
} from '@throughline/store';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { escalate } from './escalate.ts';
import { type MailReceiver, startMailReceiver } from './mail-receiver.fixture.ts';
import { eventually, startWorld, tenantId, type World } from './notify.fixture.ts';
import { planTenant } from './plan-tenant.ts';
import { queueDigests } from './queue-digests.ts';

const minute = 60_000;
const patience = 60 * minute;
let world: World;
let box: MailReceiver;
let now: number;
const clock = () => new Date(now);

beforeEach(async () => {
  [world, box] = await Promise.all([startWorld(), startMailReceiver()]);
  await world.mailServer(box.port);
  now = Date.now();
});
afterEach(async () => {
  await world?.stop();
  await box?.stop();
});

const policy = (body: Partial<EscalationPolicyInput> = {}) =>
  savePolicy(
    world.db,
    tenantId,
    undefined,
    escalationPolicyBody.parse({
      name: 'Night',
      steps: [
        { afterMinutes: 10, mails: ['lead@example.com'] },
        { afterMinutes: 20, mails: ['boss@example.com'] },
      ],
      ...body,
    }),
    { by: 'test', now: clock() },
  );
const told = () => box.mails.map(({ envelopeTo }) => envelopeTo[0]);
const linkIn = (text: string | undefined) => /acknowledge#token=([\w-]{43})/.exec(text ?? '')?.[1] ?? '';
const tick = () => escalate(world.db, clock(), patience);

describe('an incident that nobody takes up', () => {
  test('is told step by step, each once, in the thread of each recipient; then again as often as the policy says', async () => {
    const { id } = await policy({ repeats: 1 });
    await world.rule({ policyId: id, recipients: ['ada@example.com', 'lead@example.com'] });
    const notifier = world.notifier({ clock });
    await world.put({ incidentId: 1 });
    await box.until(2);
    for (const [passed, count] of [
      [9, 2],
      [1, 3],
      [19, 3],
      [1, 4],
      [10, 5],
      [20, 6],
      [600, 6],
    ] as const) {
      now += passed * minute;
      await Promise.all([tick(), tick()]);
      notifier.notify();
      await box.until(count);
      expect(box.mails).toHaveLength(count);
    }
    expect(told().slice(2)).toEqual(['lead@example.com', 'boss@example.com', 'lead@example.com', 'boss@example.com']);
    const leads = box.mails.filter(({ envelopeTo }) => envelopeTo[0] === 'lead@example.com');
    expect(leads[1]?.references).toContain(leads[0]?.messageId as string);
    expect(leads[1]?.text).toContain('step 1 of 2');
    expect(leads[2]?.text).toContain('round 2');
    expect(await escalationOf(world.db, tenantId, 1)).toMatchObject({ state: 'running', nextDateTime: null });
  });

  test('after the server was down, people still get the whole of their time', async () => {
    const { id } = await policy();
    await world.rule({ policyId: id });
    await world.put({ incidentId: 1 });
    await planTenant(world.db, tenantId, clock());
    now += 300 * minute;
    await tick();
    expect(await escalationOf(world.db, tenantId, 1)).toMatchObject({
      nextDateTime: new Date(now + 20 * minute).toISOString(),
    });
  });

  test('whoever is on call at the time of the step is told', async () => {
    const schedule = onCallScheduleBody.parse({
      name: 'Team',
      timeZone: 'UTC',
      firstDay: new Date(now).toISOString().slice(0, 10),
      handover: '00:00',
      every: 'day',
      people: [
        { name: 'Ada', mail: 'ada@example.com' },
        { name: 'Bob', mail: 'bob@example.com' },
      ],
    });
    const rota = await saveSchedule(world.db, tenantId, undefined, schedule, { by: 'test', now: clock() });
    const { id } = await policy({ steps: [{ afterMinutes: 1440, schedules: [rota], mails: ['BOB@example.com'] }] });
    await world.rule({ policyId: id, recipients: ['soc@example.com'] });
    await world.put({ incidentId: 1 });
    await planTenant(world.db, tenantId, clock());
    now += 1440 * minute;
    await tick();
    const rows = await world.db
      .selectFrom('notification_delivery')
      .select('target')
      .where('said', 'is not', null)
      .execute();
    expect(rows.map(({ target }) => target.toLowerCase())).toEqual(['bob@example.com']);
  });

  test.each([
    ['assigned', { assigned_to: 'ada' }],
    ['statusChanged', { status: 'inProgress' }],
    ['statusChanged', { status: 'resolved' }],
  ] as const)('%s: the escalation ends, and what waits of it is discarded', async (state, change) => {
    const { id } = await policy();
    await world.rule({ policyId: id });
    await world.put({ incidentId: 1 });
    await planTenant(world.db, tenantId, clock());
    now += 10 * minute;
    await tick();
    await world.db.updateTable('incident').set(change).where('id', '=', 1).execute();
    now += 20 * minute;
    await tick();
    expect(await escalationOf(world.db, tenantId, 1)).toMatchObject({ state });
    expect(await world.states()).toEqual({ waiting: 1 });
  });

  test('a merge is followed; two escalations of one rule become one', async () => {
    const { id } = await policy();
    await world.rule({ policyId: id });
    await world.put({ incidentId: 1 }, { incidentId: 2 });
    await planTenant(world.db, tenantId, clock());
    await world.put({ incidentId: 2, merges: [1] });
    await tick();
    const rows = await world.db
      .selectFrom('notification_escalation')
      .select(['state', 'incident_id'])
      .orderBy('id')
      .execute();
    expect(rows).toEqual([
      { state: 'running', incident_id: 2 },
      { state: 'merged', incident_id: 2 },
    ]);
  });
});

describe('an acknowledge link', () => {
  const escalating = async () => {
    const { id } = await policy();
    await world.rule({ policyId: id, recipients: ['ada@example.com', 'bob@example.com'] });
    const notifier = world.notifier({ clock });
    await world.put({ incidentId: 1 });
    await box.until(2);
    return notifier;
  };

  test('looked at it changes nothing; used it stops the escalation, once, in the name of its recipient', async () => {
    const notifier = await escalating();
    const mail = box.mails.find(({ envelopeTo }) => envelopeTo[0] === 'ada@example.com');
    const token = linkIn(mail?.text);
    expect(mail?.html).toContain(token);
    const at = () => ({ now: clock(), patience });
    for (let look = 0; look < 3; look++) {
      expect(await readAcknowledgeLink(world.db, token, clock())).toEqual({
        incidentId: 1,
        displayName: 'Incident name 1',
        severity: 'high',
        firstActivityDateTime: expect.any(String),
        recipient: 'ada@example.com',
        state: 'running',
        endedBy: null,
        endedDateTime: null,
      });
    }
    const results = await Promise.allSettled([1, 2, 3].map(() => acknowledgeByLink(world.db, token, at())));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await escalationOf(world.db, tenantId, 1)).toMatchObject({
      state: 'acknowledged',
      endedBy: 'ada@example.com',
    });
    const log = await world.db.selectFrom('activity').select(['kind', 'actor_name']).execute();
    expect(log).toEqual([{ kind: 'acknowledged', actor_name: 'ada@example.com' }]);
    notifier.notify();
    await box.until(4);
    expect(
      box.mails
        .slice(2)
        .map(({ text, references }) => [/Acknowledged by ada@example\.com/.test(text ?? ''), references !== undefined]),
    ).toEqual([
      [true, true],
      [true, true],
    ]);
    now += 60 * minute;
    await tick();
    // A mail is in the box a moment before its outcome is noted.
    await eventually(async () => (await world.states()).sent === 4);
    expect(box.mails).toHaveLength(4);
    // The other's link shows who was first, and does nothing more.
    const other = linkIn(box.mails.find(({ envelopeTo }) => envelopeTo[0] === 'bob@example.com')?.text);
    expect(await acknowledgeByLink(world.db, other, at())).toMatchObject({
      state: 'acknowledged',
      endedBy: 'ada@example.com',
    });
    expect(await world.db.selectFrom('activity').select('kind').execute()).toHaveLength(1);
  });

  test('is told at once, though an update of the same thread waits for the end of its quiet period', async () => {
    const { id } = await policy();
    await world.rule({ policyId: id, recipients: ['ada@example.com'], quietMinutes: 30 });
    const notifier = world.notifier({ clock });
    await world.put({ incidentId: 1 });
    await box.until(1);
    await world.put({ incidentId: 1, title: 'Later finding' });
    await eventually(async () => (await world.states()).waiting === 1);
    await acknowledgeByLink(world.db, linkIn(box.mails[0]?.text), { now: clock(), patience });
    notifier.notify();
    await box.until(2);
    expect(box.mails[1]?.text).toContain('Acknowledged by ada@example.com');
    now += 30 * minute + 1;
    notifier.notify();
    await box.until(3);
    expect(box.mails[2]?.text).toContain('Later finding');
  });

  test('expires after a day, and is not guessed; only its hash is stored', async () => {
    await escalating();
    const token = linkIn(box.mails[0]?.text);
    const rows = await world.db.selectFrom('acknowledge_link').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(token);
    for (const wrong of ['', 'x', `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`, `${token}x`]) {
      await expect(readAcknowledgeLink(world.db, wrong, clock())).rejects.toMatchObject({ code: 'badLink' });
    }
    now += 24 * 60 * minute;
    await expect(acknowledgeByLink(world.db, token, { now: clock(), patience })).rejects.toMatchObject({
      code: 'badLink',
    });
    expect(await escalationOf(world.db, tenantId, 1)).toMatchObject({ state: 'running' });
  });
});

test('a digest goes out once a day, whoever asks how often, and tells what its maker sees', async () => {
  const account = await world.db
    .insertInto('account')
    .values({ tenant_id: tenantId, user_name: 'ada', display_name: 'Ada', role: 'administrator' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const body = {
    recipient: 'ada@example.com',
    time: '07:00',
    timeZone: 'Europe/Berlin',
    days: [1, 2, 3, 4, 5, 6, 7],
    enabled: true,
  };
  const next = nextDigest(body, now);
  await saveDigest(world.db, tenantId, undefined, body, { by: 'ada', now: clock(), accountId: account.id, next });
  await world.put({ incidentId: 1 }, { incidentId: 2, severity: 'low', incident: { display_name: '<b>Second</b>' } });
  await queueDigests(world.db, clock(), patience);
  expect(await world.states()).toEqual({});
  now = next?.at ?? 0;
  await Promise.all([1, 2, 3].map(() => queueDigests(world.db, clock(), patience)));
  await queueDigests(world.db, clock(), patience);
  expect(await world.states()).toEqual({ waiting: 1 });
  world.notifier({ clock });
  const [mail] = await box.until(1);
  expect(mail?.subject).toContain('2 new incidents, 2 open');
  expect(mail?.text).toContain('1 high, 1 low');
  expect(mail?.html).toContain('&lt;b&gt;Second&lt;/b&gt;');
  // Ten days without a server: one digest, not ten.
  now += 10 * 1440 * minute;
  await queueDigests(world.db, clock(), patience);
  await eventually(async () => (await world.states()).sent === 2);
});

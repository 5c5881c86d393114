import { deleteRule, everything, listConditions, listJobRuns } from '@throughline/store';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type MailReceiver, startMailReceiver } from '../notify/mail-receiver.fixture.ts';
import { eventually, startWorld, tenantId, type World } from '../notify/notify.fixture.ts';
import { jobRegistry } from './job-registry.ts';
import { watchTenant } from './watch-tenant.ts';

let world: World;
let mailbox: MailReceiver;
beforeEach(async () => {
  world = await startWorld();
  mailbox = await startMailReceiver();
  await world.mailServer(mailbox.port);
});
afterEach(async () => {
  await world.stop();
  await mailbox.stop();
});

const minute = 60_000;
const start = Date.parse('2026-03-01T08:00:00Z');
const at = (minutes: number) => new Date(start + minutes * minute);
const nothing = { sourceSilent: null, ledgerUnbalanced: null, diskLow: null, jobFailing: null, deadLetters: null };
const rule = (watching: object) =>
  world.rule({ kind: 'operations', severities: [], operations: { ...nothing, ...watching } });
const look = (minutes: number) =>
  watchTenant(world.db, tenantId, { now: at(minutes), dataDir: undefined, patience: 600_000 });
const heard = (source: string, minutes: number, received = 1) =>
  world.db
    .insertInto('ledger')
    .values({ tenant_id: tenantId, source, received, stored: 1, last_received_at: at(minutes) })
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'source']).doUpdateSet({ received, last_received_at: at(minutes) }),
    )
    .execute();
const events = async () =>
  (
    await world.db.selectFrom('notification_notice').select(['root_id', 'window_no', 'event']).orderBy('id').execute()
  ).map(({ root_id, window_no, event }) => `${event} ${root_id}/${window_no}`);

describe('a source that falls silent', () => {
  test('is told once and once when it is back, in one thread, whoever looks how often', async () => {
    await rule({ sourceSilent: { sources: ['suricata'], minutes: 30 } });
    await heard('suricata', 0);
    await heard('other', -500);
    await look(29);
    expect(await events()).toEqual([]);
    // Two servers look at the same moment: the lock keeps them apart in life, the transaction here.
    await Promise.allSettled([look(31), look(31)]);
    await look(40);
    expect(await events()).toHaveLength(1);
    await heard('suricata', 41);
    await look(42);
    await look(43);
    const told = await events();
    expect(told.map((line) => line.split(' ')[0])).toEqual(['opened', 'recovered']);
    expect(new Set(told.map((line) => line.split(/[ /]/)[1])).size).toBe(1);
    world.notifier();
    const [opened, recovered] = await mailbox.until(2);
    expect(opened?.subject).toBe('Source suricata is silent');
    expect(opened?.text).toContain('tab=operations');
    expect(recovered?.subject).toBe(opened?.subject);
    expect(recovered?.inReplyTo).toBe(opened?.messageId);
    expect(recovered?.text).toContain('This is over.');
  });

  test('again is a condition of its own', async () => {
    await rule({ sourceSilent: { sources: null, minutes: 30 } });
    await heard('suricata', 0);
    await look(31);
    await heard('suricata', 32);
    await look(33);
    await look(70);
    expect((await events()).map((line) => line.split(' ')[0])).toEqual(['opened', 'recovered', 'opened']);
  });

  test('by its own rhythm: half as long again as its longest silence, learned over days', async () => {
    await rule({ sourceSilent: { sources: null, minutes: null } });
    const day = 1440;
    for (let days = 0; days < 5; days++) {
      for (const hour of [0, 4, 8, 12, 16, 20]) {
        await heard('suricata', days * day + hour * 60);
        await look(days * day + hour * 60 + 1);
      }
    }
    const last = 4 * day + 20 * 60;
    await look(last + 5.9 * 60);
    expect(await events()).toEqual([]);
    await look(last + 6.1 * 60);
    expect((await events()).map((line) => line.split(' ')[0])).toEqual(['opened']);
  });
});

test('a ledger out of balance counts once it has lasted, and not when it was only passing', async () => {
  await rule({ ledgerUnbalanced: { minutes: 10 } });
  await heard('suricata', 0, 2);
  await look(0);
  await look(9);
  await heard('suricata', 0, 1);
  await look(9.5);
  await heard('suricata', 0, 2);
  await look(10);
  await look(19);
  expect(await events()).toEqual([]);
  await look(20);
  await look(21);
  expect((await events()).map((line) => line.split(' ')[0])).toEqual(['opened']);
});

test('a failing job opens after so many failures and closes with the first that goes well; the standing watch sees it too', async () => {
  await rule({ jobFailing: { times: 2 } });
  let now = at(0);
  const jobs = jobRegistry(world.db, () => now);
  const run = async (minutes: number, error: Error | null) => {
    now = at(minutes);
    jobs.note('upkeep', error);
    await jobs.stop();
    await look(minutes);
  };
  await run(0, null);
  await run(1, new Error('disk is full\nat secret.ts:1'));
  expect(await events()).toEqual([]);
  await run(2, new Error('disk is full'));
  await run(3, new Error('disk is full'));
  expect(await listConditions(world.db, tenantId, 'open')).toMatchObject([
    { subject: 'upkeep', ruleName: null },
    { subject: 'upkeep', ruleName: expect.any(String) },
  ]);
  await run(4, null);
  expect((await events()).map((line) => line.split(' ')[0])).toEqual(['opened', 'recovered']);
  expect(await listJobRuns(world.db)).toMatchObject([{ name: 'upkeep', failures: 0, lastError: 'disk is full' }]);
  expect(await listConditions(world.db, tenantId, 'closed')).toHaveLength(2);
});

test('dead letters open above the limit and close at half of it', async () => {
  await rule({ deadLetters: { count: 3 } });
  const { id: batch } = await world.db
    .insertInto('intake_batch')
    .values({ tenant_id: tenantId, received: 1, accepted: 0, rejected: 1 })
    .returning('id')
    .executeTakeFirstOrThrow();
  const letters = (count: number, minutes: number) =>
    world.db
      .insertInto('dead_letter')
      .values(
        Array.from({ length: count }, () => ({
          tenant_id: tenantId,
          batch_id: batch,
          at: at(minutes),
          source: 's',
          reason: 'notJson' as never,
          detail: '',
          line: 1,
          raw: Buffer.from('x'),
        })),
      )
      .execute();
  await letters(4, 0);
  await look(1);
  await letters(2, 30);
  await look(61);
  expect((await events()).map((line) => line.split(' ')[0])).toEqual(['opened']);
  await look(91);
  expect((await events()).map((line) => line.split(' ')[0])).toEqual(['opened', 'recovered']);
});

test('a rule that is deleted ends its conditions without a word', async () => {
  const { id } = await rule({ sourceSilent: { sources: null, minutes: 30 } });
  await heard('suricata', 0);
  await look(31);
  await deleteRule(world.db, everything(tenantId), id);
  await look(32);
  expect(await listConditions(world.db, tenantId, 'open')).toEqual([]);
  expect((await events()).map((line) => line.split(' ')[0])).toEqual(['opened']);
});

test('a notifier looks by itself; a second server and a restart tell nothing again', async () => {
  await rule({ sourceSilent: { sources: null, minutes: 30 } });
  await world.db
    .insertInto('ledger')
    .values({
      tenant_id: tenantId,
      source: 'suricata',
      received: 1,
      stored: 1,
      last_received_at: new Date(Date.now() - 31 * minute),
    })
    .execute();
  const jobs = jobRegistry(world.db, () => new Date());
  const watch = { dataDir: undefined, note: jobs.note, everyMs: 10 };
  const first = world.notifier({ watch });
  world.notifier({ watch });
  await mailbox.until(1);
  await first.stop();
  await jobs.stop();
  const before = (await listJobRuns(world.db)).find(({ name }) => name === 'Watch over the server')?.lastRunDateTime;
  world.notifier({ watch: { ...watch, note: jobRegistry(world.db, () => new Date()).note } });
  await eventually(async () => (await world.states()).sent === 1);
  expect(before).toBeDefined();
  expect(mailbox.mails).toHaveLength(1);
});

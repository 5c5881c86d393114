import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { escalationPolicyBody } from '@throughline/model';
import { saveDigest, savePolicy } from '@throughline/store';
import { testEngines } from '@throughline/store/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type MailReceiver, startMailReceiver } from '../apps/server/src/notify/mail-receiver.fixture.ts';
import { eventually, startWorld, tenantId, type World } from '../apps/server/src/notify/notify.fixture.ts';
import { type ServerProcess, startServer } from './server-process.ts';

const incidents = 6;
const stepCount = 3;
/** First messages, one mail of each step, the digest. */
const messages = incidents * (1 + stepCount) + 1;

let world: World;
let box: MailReceiver;
let dataDir: string;
let engines: Awaited<ReturnType<typeof testEngines>>;
/** The first one sends. */
const servers: ServerProcess[] = [];
/** Which mails' senders are killed: before the mail is taken, or after it was and before that was noted. */
const traps = new Map<number, 'before' | 'after'>([
  [4, 'before'],
  [14, 'after'],
]);
let arriving = 0;
let kills: Promise<void> = Promise.resolve();

beforeAll(async () => {
  [world, dataDir] = await Promise.all([startWorld(), mkdtemp(join(tmpdir(), 'throughline-notify-kill-'))]);
  engines = await testEngines();
  box = await startMailReceiver({
    async accept() {
      const trap = traps.get(++arriving);
      if (trap === undefined) return;
      kills = kills.then(() => takeOver());
      await kills;
      if (trap === 'before') throw new Error('the sender is gone');
    },
  });
  await world.mailServer(box.port);
});
afterAll(async () => {
  await kills;
  await Promise.all(servers.map((server) => server.stop()));
  await world?.stop();
  await box?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

let processes = 0;
const start = () => {
  const clickhouse = new URL(engines.clickhouse.url);
  clickhouse.username = engines.clickhouse.username;
  clickhouse.password = engines.clickhouse.password;
  return startServer({
    dataDir: join(dataDir, String(++processes)),
    env: { DATABASE_URL: world.url, CLICKHOUSE_URL: clickhouse.href, THROUGHLINE_OUTBOUND_ALLOW: '127.0.0.1' },
  });
};

/** Kills the one that sends: the one that stands by goes on, or one that is started now. */
async function takeOver(): Promise<void> {
  const sender = servers.shift();
  await sender?.kill();
  if (servers.length === 0) servers.push(await start());
}

const first = { by: 'test', now: new Date() };
const stepTo = (step: number) => `step-${step}@example.com`;

test('killed while it sends steps of escalations and a digest: another goes on, each message goes out, none is another', async () => {
  servers.push(await start());
  servers.push(await start());
  const steps = Array.from({ length: stepCount }, (_, step) => ({ afterMinutes: 0, mails: [stepTo(step)] }));
  const policy = escalationPolicyBody.parse({ name: 'Night', steps });
  const { id } = await savePolicy(world.db, tenantId, undefined, policy, first);
  await world.rule({ policyId: id });
  await dailyDigest();
  await world.put(...Array.from({ length: incidents }, (_, index) => ({ incidentId: index + 1 })));
  await eventually(async () => {
    const { waiting = 0, sending = 0, sent = 0 } = await world.states();
    return waiting + sending === 0 && sent >= messages;
  }, 60_000);
  await kills;
  expect(processes).toBe(3);
  expect(await world.states()).toEqual({ sent: messages });

  const rows = await world.db.selectFrom('notification_delivery').select(['key', 'message_id', 'target']).execute();
  expect(new Set(rows.map(({ key }) => key)).size).toBe(messages);
  const told = Map.groupBy(rows, ({ target }) => target);
  expect(Object.fromEntries([...told].map(([target, { length }]) => [target, length]))).toEqual({
    'ada@example.com': incidents,
    ...Object.fromEntries(steps.map((_, step) => [stepTo(step), incidents])),
    'digest@example.com': 1,
  });
  // What the mailboxes have is what the outbox has. A mail that was taken when its sender died may lie there twice: the
  // same text under the same Message-ID.
  const mails = Map.groupBy(box.mails, ({ messageId }) => messageId ?? '');
  expect(new Set(mails.keys())).toEqual(new Set(rows.map(({ message_id }) => message_id)));
  for (const same of mails.values()) expect(new Set(same.map(({ text }) => text)).size).toBe(1);
  // Of each kill at most the mails that were on their four connections.
  expect(box.mails.length - mails.size).toBeLessThanOrEqual(traps.size * 4);
}, 120_000);

async function dailyDigest(): Promise<void> {
  const account = await world.db
    .insertInto('account')
    .values({ tenant_id: tenantId, user_name: 'ada', display_name: 'Ada', role: 'administrator' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const daily = {
    recipient: 'digest@example.com',
    time: '07:00',
    timeZone: 'UTC',
    days: [1, 2, 3, 4, 5, 6, 7],
    enabled: true,
  };
  const next = { day: first.now.toISOString().slice(0, 10), at: first.now.getTime() };
  await saveDigest(world.db, tenantId, undefined, daily, { ...first, accountId: account.id, next });
}

import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type MailReceiver, startMailReceiver } from './mail-receiver.fixture.ts';
import { eventually, startWorld, type World } from './notify.fixture.ts';

const program = fileURLToPath(new URL('notifier.fixture.ts', import.meta.url));
const incidents = 40;
const kills = 12;

let world: World;
let box: MailReceiver;
/** What the server does with the next mail: kill the sender before taking it, after taking it, or nothing. */
let trap: 'before' | 'after' | undefined;
let child: ChildProcess;

beforeAll(async () => {
  world = await startWorld();
  box = await startMailReceiver({
    async accept() {
      if (trap !== 'before') return;
      trap = undefined;
      await kill();
      throw new Error('the sender is gone');
    },
  });
});
afterAll(async () => {
  await kill();
  await world.stop();
  await box.stop();
});

function start(): void {
  child = spawn(process.execPath, [program, world.url, world.keyFile], { stdio: ['ignore', 'ignore', 'inherit'] });
}

async function kill(): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

test('killed again and again, at any step: every message arrives, and none is another', async () => {
  await world.mailServer(box.port);
  await world.rule({ recipients: ['ada@example.com', 'bob@example.com'] });
  start();
  for (let round = 0; round < kills; round++) {
    for (let n = 0; n < incidents / 4; n++) {
      await world.put({ incidentId: (round % 4) * 10 + n + 1 });
    }
    // By turns: while the server has the mail but did not take it; right after; at a moment of no meaning.
    if (round % 3 === 0) trap = 'before';
    else await new Promise((resolve) => setTimeout(resolve, round * 37));
    if (round % 3 === 0) await eventually(async () => trap === undefined);
    await kill();
    start();
  }
  await eventually(async () => {
    const states = await world.states();
    return (states.waiting ?? 0) + (states.sending ?? 0) === 0 && (states.sent ?? 0) > 0 && (await judged());
  }, 60_000);

  const deliveries = await world.db
    .selectFrom('notification_delivery')
    .innerJoin('notification_notice', 'notification_notice.id', 'notice_id')
    .select(['message_id', 'target', 'root_id', 'state'])
    .execute();
  expect(deliveries.every(({ state }) => state === 'sent')).toBe(true);
  const ids = deliveries.map(({ message_id }) => message_id);
  expect(new Set(ids).size).toBe(ids.length);
  // Nothing lost, nothing invented.
  expect(new Set(box.mails.map(({ messageId }) => messageId))).toEqual(new Set(ids));
  // Every alert is told about once to each recipient.
  const told = new Map(box.mails.map((mail) => [mail.messageId, mail]));
  const counts = [...told.values()].map(({ text = '' }) =>
    Number(/(\d+) (?:new )?alert/.exec(text.split('\n\n')[0] ?? '')?.[1] ?? 1),
  );
  expect(counts.reduce((a, b) => a + b, 0)).toBe(2 * kills * (incidents / 4));
  // A mail taken but not noted when the process died comes twice, whole and under the same Message-ID: at most one for
  // each connection of each kill.
  const doubled = box.mails.length - told.size;
  expect(doubled).toBeLessThanOrEqual(kills * 4);
  for (const mail of box.mails) expect(mail.text).toBe(told.get(mail.messageId)?.text);
}, 120_000);

async function judged(): Promise<boolean> {
  const { seq } = await world.db
    .selectFrom('alert')
    .select((eb) => eb.fn.max('seq').as('seq'))
    .executeTakeFirstOrThrow();
  const { alert_seq } = await world.db
    .selectFrom('notification_position')
    .select('alert_seq')
    .executeTakeFirstOrThrow();
  return seq === alert_seq;
}

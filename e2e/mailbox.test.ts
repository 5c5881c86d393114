import { severities } from '@throughline/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAllowList } from '../apps/server/src/outbound/allow-list.ts';
import { type Browser, startTestServer, type TestServer } from '../apps/server/src/testing/test-server.ts';
import { type Delivered, noPostfix, type Postfix, startPostfix } from './postfix.ts';

const missing = noPostfix();
if (missing !== undefined) console.log(`skipped: mails in a real mailbox, ${missing}`);

let postfix: Postfix;
let server: TestServer;
let admin: Browser;
let passed = 0;
/** Lets time pass, and has the server look: saving its mail server wakes it. */
const minutes = async (count: number) => {
  passed += count * 60_000;
  await setMailServer();
};
const setMailServer = () =>
  post('/api/notifications/mail-server', {
    host: '127.0.0.1',
    port: postfix.port,
    security: 'none',
    signIn: 'none',
    fromAddress: 'throughline@soc.example.org',
  });

const post = async (path: string, body: unknown) => {
  const answer = await admin.call(path, { method: 'POST', body });
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text}`);
  return answer.json;
};

describe.skipIf(missing !== undefined)(
  'mails of the demo attack in the mailboxes of a Postfix',
  { concurrent: false },
  () => {
    beforeAll(async () => {
      const changes = { outbound: readAllowList('127.0.0.1').allow };
      [postfix, server] = await Promise.all([
        startPostfix({ people: ['ada', 'lead'], greylist: 'grey' }),
        startTestServer(changes, () => new Date(Date.now() + passed)),
      ]);
      admin = await server.signedIn('administrator');
      await setMailServer();
      const steps = [{ afterMinutes: 5, mails: ['lead@example.com', 'ada@example.com'] }];
      const policy = await post('/api/notifications/policies', { name: 'Night shift', steps });
      await post('/api/notifications/rules', {
        name: 'High severity',
        severities: ['high', 'medium'],
        quietMinutes: 0,
        recipients: ['ada@example.com', 'grey@example.com'],
        policyId: policy.id,
      });
      await post('/api/demo', {});
    });
    afterAll(async () => {
      await server?.stop();
      await postfix?.stop();
    });

    test('one thread an incident, nothing twice, each mail readable in both parts', async () => {
      const mails = await settled('ada');
      expect(mails.length).toBeGreaterThan(0);
      const threads = threadsOf(mails);
      for (const [id, thread] of threads) {
        const { name, severity } = await incident(id);
        for (const mail of thread) {
          expect(mail.subject).toBe(`${severity} incident ${id}: ${name}`);
          for (const said of [name, `[${severity}]`, `${server.url}/incidents/${id}`])
            expect(mail.text).toContain(said);
          readable(mail);
        }
      }
      const { items } = (await admin.call('/api/incidents')).json as { items: { id: number; severity: string }[] };
      const fits = items.filter((each) => ['high', 'medium'].includes(each.severity)).map(({ id }) => id);
      for (const id of fits) expect([...threads.keys()]).toContain(id);
    });

    test('greylisted: put off once, delivered once at the next try', async () => {
      expect(postfix.greylisted).toEqual(['grey@example.com']);
      await minutes(1);
      const [ada, grey] = [await settled('ada'), await settled('grey')];
      expect(subjects(grey)).toEqual(subjects(ada));
      threadsOf(grey);
    });

    test('an escalation and its acknowledgement arrive in the thread of the incident', async () => {
      const before = await settled('ada');
      await minutes(5);
      const told = await until('ada', (mails) =>
        mails.some(({ text }) => text?.includes('Nobody has taken up incident')),
      );
      const step = told.find(({ text }) => text?.includes('Nobody has taken up incident')) as Delivered;
      const token = /\/acknowledge#token=([\w-]{43})/.exec(step.text ?? '')?.[1];
      const id = incidentOf(step);
      expect(await post('/api/acknowledge', { token })).toMatchObject({ incidentId: id, state: 'acknowledged' });
      const heard = ({ text = '' }: Delivered) => text.includes('Acknowledged by ada@example.com');
      await until('ada', (mails) => mails.some(heard));
      await until('lead', (mails) => mails.some(heard));
      const after = await settled('ada');
      expect(after.length).toBeGreaterThan(before.length + 1);
      const thread = threadsOf(after).get(id) ?? [];
      expect(thread.at(-1)?.text).toContain('Acknowledged by ada@example.com');
      expect(thread.map(({ messageId }) => messageId)).toContain(step.messageId);
      for (const mail of after) readable(mail);
      // Who was told by the step alone has a thread that begins with it.
      expect(threadsOf(await settled('lead')).get(id)).toHaveLength(2);
    });
  },
);

const subjects = (mails: readonly Delivered[]) => mails.map(({ subject }) => subject).sort();
const incidentOf = ({ text = '' }: Delivered) => Number(/\/incidents\/(\d+)/.exec(text)?.[1]);

/** The mails by incident, in order of arrival; fails unless each thread is a whole chain and no mail came twice. */
function threadsOf(mails: readonly Delivered[]): Map<number, Delivered[]> {
  expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(mails.length);
  const threads = Map.groupBy(mails, incidentOf);
  for (const thread of threads.values()) {
    for (const [index, mail] of thread.entries()) {
      const earlier = thread.slice(0, index).map(({ messageId }) => messageId);
      expect(mail.inReplyTo).toBe(earlier.at(-1));
      expect([mail.references ?? []].flat()).toEqual(earlier);
    }
  }
  return threads;
}

async function incident(id: number): Promise<{ name: string; severity: string }> {
  const { json } = await admin.call(`/api/incidents/${id}`);
  const word: string = json.severity;
  expect(severities).toContain(word);
  return { name: json.displayName, severity: word.charAt(0).toUpperCase() + word.slice(1) };
}

/** Text without leftovers of HTML or templates; HTML whose every element is closed, that fetches nothing. */
function readable({ text = '', html, headers }: Delivered): void {
  expect(headers.get('content-type')).toMatchObject({ value: 'multipart/alternative' });
  expect(text).not.toMatch(/<\/?[a-z]|&[a-z]+;|&#\d|undefined|null|NaN|\[object/);
  for (const line of text.split('\n')) expect(line.trimEnd().length, line).toBeLessThan(1000);
  const page = String(html);
  expect(page).not.toMatch(/undefined|NaN|\[object|<img|<script|<link|url\(|@import/);
  const open: string[] = [];
  const body = page.replace(/<!doctype html>/, '').replace(/<style>[\s\S]*?<\/style>/, '');
  for (const [, end, name = ''] of body.matchAll(/<(\/?)([a-z\d]+)[^<>]*>/g)) {
    if (end === '/') expect(open.pop(), `</${name}>`).toBe(name);
    else if (!['meta', 'br'].includes(name)) open.push(name);
  }
  expect(open).toEqual([]);
  expect(body.replace(/<\/?[a-z\d]+[^<>]*>/g, '')).not.toMatch(/[<>]/);
}

/** The mailbox once nothing waits for it any more: all that was sent to it lies there. */
async function settled(name: string): Promise<Delivered[]> {
  const target = `${name}@example.com`;
  return eventually(async () => {
    const rows = await server.db
      .selectFrom('notification_delivery')
      .select(['state', 'due_at'])
      .where('target', '=', target)
      .execute();
    const due = rows.filter(({ state, due_at }) => state !== 'sent' && Date.parse(due_at) <= Date.now() + passed);
    const { pending } = await pipelineState();
    const sent = rows.filter(({ state }) => state === 'sent').length;
    const mails = await postfix.mailbox(name);
    return pending === 0 && due.length === 0 && sent > 0 && mails.length === sent ? mails : undefined;
  }, `the mailbox of ${name}`);
}

/** Alerts that are stored but not judged by the rules yet, and records that are not correlated yet. */
async function pipelineState(): Promise<{ pending: number }> {
  const { sources } = (await admin.call('/api/ledger')).json as { sources: { pending: number; stored: number }[] };
  const last = await server.db
    .selectFrom('alert')
    .select((eb) => eb.fn.max('seq').as('seq'))
    .executeTakeFirst();
  const judged = await server.db.selectFrom('notification_position').select('alert_seq').executeTakeFirst();
  const waiting = sources.reduce((sum, { pending }) => sum + pending, 0);
  return { pending: waiting + (last?.seq === judged?.alert_seq && sources.length > 0 ? 0 : 1) };
}

const until = (name: string, holds: (mails: Delivered[]) => boolean) =>
  eventually(async () => {
    const mails = await postfix.mailbox(name);
    return holds(mails) ? mails : undefined;
  }, `a mail for ${name}`);

async function eventually<T>(look: () => Promise<T | undefined>, what: string): Promise<T> {
  for (const end = performance.now() + 20_000; performance.now() < end; ) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`${what}: not within 20 s`);
}

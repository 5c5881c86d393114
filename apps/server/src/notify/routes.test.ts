import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Browser, startTestServer, type TestServer } from '../testing/test-server.ts';
import { type MailReceiver, startMailReceiver } from './mail-receiver.fixture.ts';
import { eventually, loopback } from './notify.fixture.ts';

const password = 'correct horse 7 battery';
let server: TestServer;
let admin: Browser;
let box: MailReceiver;

beforeAll(async () => {
  box = await startMailReceiver({
    authMethods: ['PLAIN'],
    allowInsecureAuth: true,
    authOptional: false,
    onAuth: (auth, _, done) => {
      const right = auth.username === 'soc' && auth.password === password;
      done(right ? null : new Error('Invalid username or password'), right ? { user: 'soc' } : undefined);
    },
  });
  server = await startTestServer({ outbound: loopback });
  admin = await server.signedIn('administrator', 'ada');
});
afterAll(async () => {
  await server?.stop();
  await box?.stop();
});

const mailServer = () => ({
  host: '127.0.0.1',
  port: box.port,
  security: 'none',
  signIn: 'password',
  userName: 'soc',
  fromAddress: 'throughline@soc.example.com',
  fromName: 'SOC',
});
const rule = { name: 'Everything', severities: ['low', 'medium', 'high'], recipients: ['bob@example.com'] };
const post = (path: string, body: unknown) => admin.call(`/api/notifications/${path}`, { method: 'POST', body });
const get = async (path: string) => (await admin.call(`/api/notifications/${path}`)).json;

describe('the mail server', () => {
  test('none is set at first, and a test says so', async () => {
    expect(await get('mail-server')).toEqual({ mailServer: null });
    expect(await post('test-mail', { to: ['bob@example.com'] })).toMatchObject({
      status: 409,
      json: { error: { code: 'noMailServer' } },
    });
  });

  test.each<[string, object, string]>([
    ['no TLS to another machine', { host: 'mail.example.com' }, 'security'],
    ['no user name', { userName: null }, 'userName'],
    ['a line break in the sender', { fromName: 'SOC\r\nBcc: x@example.com' }, 'fromName'],
    ['a display name as address', { fromAddress: 'SOC <a@example.com>' }, 'fromAddress'],
    ['a host with a port', { host: 'mail.example.com:25', security: 'tls' }, 'host'],
    ['an unknown key', { owner: 1 }, 'owner'],
    ['no secret', {}, 'secret'],
  ])('%s is refused', async (_, change, target) => {
    const answer = await post('mail-server', { ...mailServer(), ...change });
    expect([answer.status, answer.json.error.target]).toEqual([400, target]);
  });

  test('its secret is taken and never shown', async () => {
    const saved = await post('mail-server', { ...mailServer(), secret: password });
    expect(saved.json.mailServer).toMatchObject({ host: '127.0.0.1', hasSecret: true, lastModifiedBy: 'ada' });
    const again = await post('mail-server', { ...mailServer(), fromName: 'SOC team' });
    expect(again.json.mailServer).toMatchObject({ hasSecret: true, fromName: 'SOC team' });
    const audit = await admin.call('/api/audit');
    expect(audit.text).toContain('notificationMailServer');
    for (const text of [
      saved.text,
      again.text,
      JSON.stringify(await get('mail-server')),
      audit.text,
      server.logged(),
    ]) {
      expect(text).not.toContain(password);
    }
    const rows = await server.db.selectFrom('notification_mail_server').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(password);
  });

  test('a test mail arrives; what is refused is told', async () => {
    const { json } = await post('test-mail', { to: ['bob@example.com'] });
    expect(json.results).toEqual([
      { to: 'bob@example.com', accepted: true, detail: 'The mail server accepted the mail.' },
    ]);
    expect(box.mails[0]).toMatchObject({ subject: expect.stringContaining('Test of the notifications') });
    box.mails.length = 0;
  });

  test('another host or port wipes the secret', async () => {
    const moved = await post('mail-server', { ...mailServer(), port: 2525 });
    expect([moved.status, moved.json.error.target]).toEqual([400, 'secret']);
    await post('mail-server', { ...mailServer(), port: 2525, signIn: 'none', userName: null });
    expect((await post('mail-server', mailServer())).json.error.target).toBe('secret');
    expect((await post('mail-server', { ...mailServer(), secret: password })).status).toBe(200);
  });
});

describe('rules', () => {
  test.each<[string, object, string]>([
    ['no recipient', { recipients: [] }, 'recipients'],
    ['an address with a line break', { recipients: ['a@example.com\r\nBcc: b@example.com'] }, 'recipients.0'],
    ['two addresses in one', { recipients: ['a@example.com, b@example.com'] }, 'recipients.0'],
    ['no severity', { severities: [] }, 'severities'],
    ['an unknown severity', { severities: ['urgent'] }, 'severities.0'],
    ['an unknown key', { tenantId: 'other' }, 'tenantId'],
    ['a prototype key', JSON.parse('{"__proto__": {"enabled": true}, "constructor": 1}'), '__proto__'],
    ['a name of two lines', { name: 'a\nb' }, 'name'],
  ])('%s is refused', async (_, change, target) => {
    const answer = await post('rules', { ...rule, ...change });
    expect([answer.status, answer.json.error.target]).toEqual([400, target]);
  });

  test('are made, changed in parts, listed and removed; every change is told to the audit log', async () => {
    const made = await post('rules', { ...rule, name: 'One' });
    expect(made).toMatchObject({
      status: 201,
      json: { name: 'One', quietMinutes: 30, sources: null, createdBy: 'ada' },
    });
    expect((await post('rules', { ...rule, name: 'ONE' })).json.error.code).toBe('nameTaken');
    const path = `/api/notifications/rules/${made.json.id}`;
    const changed = await admin.call(path, { method: 'PATCH', body: { enabled: false } });
    expect(changed.json).toMatchObject({ name: 'One', enabled: false, recipients: rule.recipients });
    expect((await admin.call(path, { method: 'PATCH', body: { recipients: [] } })).status).toBe(400);
    expect((await get('rules')).items).toHaveLength(1);
    expect((await admin.call(path, { method: 'DELETE' })).status).toBe(204);
    expect((await admin.call(path)).status).toBe(404);
    const { items } = (await admin.call('/api/audit')).json;
    const told = items.filter(({ target }: { target: { kind: string } | null }) => target?.kind === 'notificationRule');
    expect(told.map(({ outcome }: { outcome: string }) => outcome)).toContain('done');
    expect(
      told.some(
        ({ details }: { details: { after?: object } }) => JSON.stringify(details.after) === '{"enabled":false}',
      ),
    ).toBe(true);
  });

  test('a webhook that a rule names cannot be removed; one that does not exist cannot be named', async () => {
    const hook = (await post('webhooks', { name: 'Chat', url: 'https://hooks.example.com/T0/secret-path' })).json;
    expect(hook.secret).toMatch(/^whsec_/);
    const named = (await post('rules', { ...rule, name: 'Hook', recipients: [], webhooks: [hook.id] })).json;
    const path = `/api/notifications/webhooks/${hook.id}`;
    expect((await admin.call(path, { method: 'DELETE' })).json.error.code).toBe('webhookInUse');
    await admin.call(`/api/notifications/rules/${named.id}`, { method: 'DELETE' });
    expect((await admin.call(path, { method: 'DELETE' })).status).toBe(204);
    expect((await post('rules', { ...rule, name: 'Hook', webhooks: [hook.id] })).json.error.code).toBe('noSuchWebhook');
    const audit = await admin.call('/api/audit');
    for (const secret of [hook.secret, 'secret-path']) expect(audit.text + server.logged()).not.toContain(secret);
  });
});

test('the demo attack lands in a real mailbox, threaded and readable', async () => {
  expect(
    (await post('rules', { ...rule, severities: ['high'], quietMinutes: 0, includeOrganization: true })).status,
  ).toBe(201);
  expect((await admin.call('/api/demo', { method: 'POST' })).status).toBeLessThan(300);
  await server.pipeline.idle();
  await eventually(async () => {
    const { counts } = await get('deliveries');
    return counts.sent > 0 && counts.waiting + counts.sending === 0;
  }, 30_000);
  const incidents = (await admin.call('/api/incidents?sort=alerts&limit=1')).json.items;
  const attack = box.mails.filter(({ subject }) => subject?.includes(`incident ${incidents[0].id}:`));
  expect(attack.length).toBeGreaterThan(0);
  const [first] = attack;
  expect(first?.subject).toMatch(/^Default: High incident \d+: \S/);
  expect(first?.text).toContain(`${server.url}/incidents/${incidents[0].id}`);
  for (const mail of attack.slice(1)) expect([mail.references].flat()[0]).toBe(first?.messageId);
  expect(new Set(box.mails.map(({ messageId }) => messageId)).size).toBe(box.mails.length);
  const preview = (await post('preview', { ...rule, severities: ['high'] })).json;
  expect(preview.incidents).toBeGreaterThan(0);
  expect(preview.mail.text).toContain('Open the incident');
  const { items } = await get('sources');
  expect(items.length).toBeGreaterThan(2);
  expect((await get('deliveries?state=sent&limit=1')).items[0]).toMatchObject({ channel: 'mail', state: 'sent' });
});

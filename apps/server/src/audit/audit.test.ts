import type { AuditEntry } from '@throughline/model';
import { findAccount, listAudit } from '@throughline/store';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiRoutes } from '../api/routes.ts';
import { type Browser, startTestServer, type TestServer } from '../testing/test-server.ts';
import { requireAudit } from './route-audit.ts';

let now = new Date('2026-03-01T08:00:00.000Z');
let server: TestServer;
let admin: Browser;
let flush: () => Promise<void>;

const eve = [
  {
    id: 'a1',
    title: 'Suspicious sign-in',
    severity: 'high',
    createdDateTime: '2026-02-28T08:00:00Z',
    serviceSource: 'microsoftDefenderForEndpoint',
    providerAlertId: 'p1',
    evidence: [
      {
        '@odata.type': '#microsoft.graph.security.userEvidence',
        userAccount: { accountName: 'eve', domainName: 'corp' },
      },
    ],
  },
  'not an alert',
];

beforeAll(async () => {
  server = await startTestServer({}, () => now);
  flush = server.flushAudit;
  admin = await server.signedIn('administrator', 'ada');
});
afterAll(() => server?.stop());

/** The entries that `act` caused, oldest first. */
async function caused(act: () => Promise<unknown>): Promise<AuditEntry[]> {
  const [newest] = (await listAudit(server.db, 'default', { limit: 1 })).items;
  await act();
  const { items } = await listAudit(server.db, 'default', { limit: 100 });
  return items.filter(({ seq }) => seq > (newest?.seq ?? 0)).reverse();
}
const actor = () => ({ kind: 'person', name: 'ada', id: String(admin.me.id) });
const origin = () => ({ 'sec-fetch-site': 'same-origin' });
const post = (path: string, body?: unknown) =>
  admin.call(path, { method: 'POST', ...(body === undefined ? {} : { body }) });

describe('signing in and out', () => {
  const attempt = (userName: string, password: string) =>
    server.call('/api/session', { method: 'POST', body: { userName, password }, headers: origin() });

  test('by link', async () => {
    let browser: Browser | undefined;
    const entries = await caused(async () => {
      browser = await server.signedIn('reader', 'lin');
    });
    const id = String(browser?.me.id);
    expect(entries).toMatchObject([
      {
        action: 'session.linkSignIn',
        actor: { kind: 'person', name: 'lin', id },
        target: { kind: 'account', id },
        outcome: 'done',
        at: now.toISOString(),
        address: expect.stringContaining('127.0.0.1'),
        requestId: expect.stringMatching(/\S{8}/),
      },
    ]);
    expect(await caused(() => Promise.resolve(browser?.call('/api/session', { method: 'DELETE' })))).toMatchObject([
      { action: 'session.signOut', actor: { name: 'lin', id }, outcome: 'done' },
    ]);
  });

  test('by a link that was used', async () => {
    const entries = await caused(() =>
      server.call('/api/session/link', { method: 'POST', body: { token: 'x'.repeat(43) }, headers: origin() }),
    );
    expect(entries).toMatchObject([
      { action: 'session.linkSignIn', actor: { kind: 'anonymous', name: '' }, outcome: 'refused' },
    ]);
  });

  test('with a password, right, wrong, and to an account that is none', async () => {
    const password = 'a long enough password';
    expect(await caused(() => post('/api/me/password', { password }))).toMatchObject([
      { action: 'password.set', actor: actor(), target: { kind: 'account', id: String(admin.me.id) }, outcome: 'done' },
    ]);
    expect(await caused(() => attempt('ADA', password))).toMatchObject([
      { action: 'session.signIn', actor: actor(), outcome: 'done' },
    ]);
    expect(await caused(() => attempt('ADA', 'wrong'))).toMatchObject([
      {
        actor: { kind: 'anonymous', name: 'ada', id: null },
        outcome: 'refused',
        details: { reason: 'wrongCredentials' },
      },
    ]);
    const [unknown] = await caused(() => attempt('my-secret-password', 'x'));
    expect(unknown).toMatchObject({ actor: { kind: 'anonymous', name: '' }, outcome: 'refused' });
    const all = JSON.stringify((await listAudit(server.db, 'default', { limit: 500 })).items);
    expect(all).not.toContain('my-secret-password');
    expect(all).not.toContain(password);
  });

  test('by whoever must wait and does not, is told once a minute', async () => {
    const entries = await caused(async () => {
      for (let tries = 0; tries < 12; tries++) await attempt('lin', 'wrong');
    });
    const waits = entries.filter(({ details }) => details.reason === 'tooManyTries');
    expect(entries.length).toBeGreaterThan(2);
    expect(waits).toHaveLength(1);
    now = new Date(now.getTime() + 60_000);
    expect(await caused(() => attempt('lin', 'wrong'))).toHaveLength(1);
  });
});

describe('accounts and tokens', () => {
  test('are told with what changed, in the transaction of the change', async () => {
    const [created] = await caused(() =>
      post('/api/accounts', { userName: 'bob', displayName: 'Bob', role: 'reader' }),
    );
    const bob = await findAccount(server.db, 'default', 'bob');
    const target = { kind: 'account', id: String(bob?.id) };
    expect(created).toMatchObject({
      action: 'account.create',
      actor: actor(),
      target,
      details: { after: { role: 'reader' } },
    });
    const change = { role: 'operator', displayName: 'Bob' };
    expect(await caused(() => admin.call(`/api/accounts/${bob?.id}`, { method: 'PATCH', body: change }))).toMatchObject(
      [{ action: 'account.change', target, details: { before: { role: 'reader' }, after: { role: 'operator' } } }],
    );
    const [link] = await caused(() => post(`/api/accounts/${bob?.id}/link`));
    expect(link).toMatchObject({ action: 'account.link', target, outcome: 'done' });
  });

  test('refused, are told with the reason', async () => {
    expect(
      await caused(() => post('/api/accounts', { userName: 'BOB', displayName: 'B', role: 'reader' })),
    ).toMatchObject([{ action: 'account.create', outcome: 'refused', details: { reason: 'userNameTaken' } }]);
    const reader = await server.signedIn('reader', 'rea');
    expect(await caused(() => reader.call('/api/accounts', { method: 'POST', body: {} }))).toMatchObject([
      { action: 'account.create', actor: { name: 'rea' }, outcome: 'refused', details: { reason: 'forbidden' } },
    ]);
  });

  test('a token: made, used from an address for the first time, revoked; never its text', async () => {
    let token = '';
    let id = 0;
    const [made] = await caused(async () => {
      const { json } = await post('/api/tokens', { name: 'forwarder', scopes: ['read'], expiresInDays: 1 });
      ({ token, id } = json);
    });
    expect(made).toMatchObject({ action: 'token.create', target: { kind: 'token', id: String(id) } });
    const use = () => server.call('/api/ledger', { token });
    const uses = await caused(() => Promise.all([use(), use(), use()]));
    expect(uses).toMatchObject([
      {
        action: 'token.newAddress',
        actor: { kind: 'token', name: 'ada', id: String(id) },
        details: { token: 'forwarder' },
      },
    ]);
    const [revoked] = await caused(() => admin.call(`/api/tokens/${id}`, { method: 'DELETE' }));
    expect(revoked).toMatchObject({ action: 'token.revoke', target: { kind: 'token', id: String(id) } });
    expect(JSON.stringify([made, ...uses, revoked])).not.toContain(token);
  });
});

describe('alerts and incidents', () => {
  let incident = 0;

  test('sending alerts is told in sums', async () => {
    const token = await server.token('operator', ['intake']);
    const send = () => server.call('/api/intake/auto', { method: 'POST', body: JSON.stringify(eve), token });
    const entries = await caused(async () => {
      await send();
      await send();
      await server.call('/api/intake/nonsense', { method: 'POST', body: '{}', token });
      await flush();
    });
    expect(entries.map(({ action }) => action)).toEqual(['token.newAddress', 'token.intake']);
    expect(entries[1]).toMatchObject({
      actor: { kind: 'token' },
      details: { requests: 3, received: 4, rejected: 2, refused: 1 },
    });
    await expect.poll(async () => (await admin.call('/api/incidents')).json.items.length).toBeGreaterThan(0);
    incident = (await admin.call('/api/incidents')).json.items[0].id;
  });

  test('a change is told with before and after; one that changes nothing, without', async () => {
    const patch = (body: unknown) => admin.call(`/api/incidents/${incident}`, { method: 'PATCH', body });
    const target = { kind: 'incident', id: String(incident) };
    const [entry] = await caused(() => patch({ assignedTo: 'ada', status: 'inProgress' }));
    expect(entry).toMatchObject({
      action: 'incident.change',
      actor: actor(),
      target,
      details: { before: { status: 'active' }, after: { status: 'inProgress', assignedTo: 'ada' } },
    });
    expect(await caused(() => patch({ assignedTo: 'ada' }))).toMatchObject([{ target, outcome: 'done', details: {} }]);
    expect(
      await caused(() => admin.call('/api/incidents/999999', { method: 'PATCH', body: { status: 'resolved' } })),
    ).toMatchObject([{ target: { id: '999999' }, outcome: 'refused', details: { reason: 'notFound' } }]);
  });

  test('a bulk change is an entry for each incident that changed', async () => {
    const entries = await caused(() =>
      post('/api/incidents/bulk', { ids: [incident, 999_999], change: { status: 'resolved' } }),
    );
    expect(entries).toMatchObject([
      { action: 'incident.change', target: { id: String(incident) }, details: { after: { status: 'resolved' } } },
    ]);
  });

  test('comments are told without their text', async () => {
    const [added] = await caused(() => post(`/api/incidents/${incident}/comments`, { comment: 'private words' }));
    expect(added).toMatchObject({ action: 'incident.comment', target: { kind: 'incident' }, outcome: 'done' });
    const comment = added?.details.after as { comment: number };
    const [edited] = await caused(() =>
      admin.call(`/api/comments/${comment.comment}`, { method: 'PATCH', body: { comment: 'other words' } }),
    );
    expect(edited).toMatchObject({ action: 'comment.edit', target: { kind: 'comment', id: String(comment.comment) } });
    expect(JSON.stringify([added, edited])).not.toContain('words');
  });

  test('an alert', async () => {
    const id = (await admin.call(`/api/incidents/${incident}/alerts`)).json.items[0].id;
    const path = `/api/alerts/${encodeURIComponent(id)}`;
    const [entry] = await caused(() => admin.call(path, { method: 'PATCH', body: { status: 'inProgress' } }));
    expect(entry).toMatchObject({ action: 'alert.change', target: { kind: 'alert', id }, outcome: 'done' });
  });

  test('dead letters and exports', async () => {
    const letter = (await admin.call('/api/dead-letters')).json.items[0].id;
    const target = { kind: 'deadLetter', id: String(letter) };
    expect(await caused(() => admin.call(`/api/dead-letters/${letter}/raw`))).toMatchObject([
      { action: 'deadLetter.read', target, outcome: 'done' },
    ]);
    expect(await caused(() => post(`/api/dead-letters/${letter}/replay`))).toMatchObject([
      { action: 'deadLetter.replay', target, outcome: 'done' },
    ]);
    expect(await caused(() => post(`/api/dead-letters/${letter}/replay`))).toMatchObject([
      { action: 'deadLetter.replay', target, outcome: 'refused', details: { reason: 'alreadyReplayed' } },
    ]);
    expect(await caused(() => admin.call('/api/incidents/export?status=resolved'))).toMatchObject([
      { action: 'incident.export', details: { query: { status: ['resolved'] } } },
    ]);
  });
});

describe('the log itself', () => {
  test('is read page by page, and reading it is told', async () => {
    let page: { items: AuditEntry[]; next: string | null } | undefined;
    const entries = await caused(async () => {
      page = (await admin.call('/api/audit?limit=2&action=session.signIn&outcome=refused')).json;
    });
    expect(page?.items.map(({ action, outcome }) => [action, outcome])).toEqual([
      ['session.signIn', 'refused'],
      ['session.signIn', 'refused'],
    ]);
    expect(entries).toMatchObject([{ action: 'audit.read', actor: actor(), details: { query: { limit: 2 } } }]);
    const { json } = await admin.call(`/api/audit?limit=2&cursor=${page?.next}&actor=ADA`);
    expect(json.items[0].seq).toBeLessThan(Number(page?.next));
  });

  test.each(['?action=nonsense', '?target=1', '?limit=501', '?from=yesterday', '?evil=1'])(
    '%s is refused',
    async (query) => {
      expect((await admin.call(`/api/audit${query}`)).status).toBe(400);
    },
  );

  test('is exported whole', async () => {
    const ndjson = await admin.call('/api/audit/export?actor=ada');
    expect(ndjson.headers.get('content-disposition')).toBe('attachment; filename="audit.ndjson"');
    const lines = ndjson.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ seq }) => seq)).toEqual(lines.map(({ seq }) => seq).sort((a, b) => a - b));
    const csv = await admin.call('/api/audit/export?format=csv');
    expect(csv.text.split('\r\n')[0]).toBe(
      'seq,at,action,outcome,actorKind,actor,targetKind,target,address,requestId,details,hash',
    );
  });

  test('is intact after all of this, and a change in the database is found', async () => {
    expect((await admin.call('/api/audit/verdict')).json).toMatchObject({ intact: true, fault: null });
    const { last } = (await admin.call('/api/audit/state')).json;
    await server.db.transaction().execute(async (trx) => {
      await sql`set local session_replication_role = replica`.execute(trx);
      await sql`update audit_entry set actor_name = 'nobody' where seq = ${last - 3}`.execute(trx);
    });
    expect((await admin.call('/api/audit/verdict')).json).toMatchObject({
      intact: false,
      fault: { kind: 'changed', seq: last - 3 },
    });
  });
});

test('a change whose entry cannot be written does not happen', async () => {
  await sql`alter table audit_entry rename to audit_entry_away`.execute(server.db);
  try {
    const answer = await post('/api/accounts', { userName: 'ghost', displayName: 'G', role: 'reader' });
    expect(answer.status).toBe(500);
    expect(await findAccount(server.db, 'default', 'ghost')).toBeUndefined();
    expect((await admin.call('/api/incidents/export')).status).toBe(500);
  } finally {
    await sql`alter table audit_entry_away rename to audit_entry`.execute(server.db);
  }
});

test('a route that changes something and is not audited does not start', () => {
  expect(() => requireAudit({ method: 'post', path: '/api/x' })).toThrow('POST /api/x changes something');
  expect(() => requireAudit({ method: 'get', path: '/api/x' })).not.toThrow();
  const routes = apiRoutes(() => {
    throw new Error('no document is made here');
  });
  for (const route of routes) expect(() => requireAudit(route)).not.toThrow();
});

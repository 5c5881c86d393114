import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { projectRoot } from '../project.ts';
import { startTestServer } from '../testing/test-server.ts';

/**
 * Abuse 5. The attack: a mail that is evidence runs in the browser of who looks at it: its HTML, its subject, the name of
 * its sender. Mail is shown as text only; nothing in the portal takes HTML.
 */

const sources = globSync('apps/portal/src/**/*.{ts,tsx}', { cwd: projectRoot }).filter(
  (file) => !file.includes('.test.'),
);
const holding = (pattern: RegExp) =>
  sources.filter((file) => pattern.test(readFileSync(`${projectRoot}/${file}`, 'utf8')));

test('the portal puts no HTML into a page', () => {
  expect(sources.length).toBeGreaterThan(100);
  expect(
    holding(
      /dangerouslySetInnerHTML|\.innerHTML|\.outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment/,
    ),
  ).toEqual([]);
});

test('what shows a mail in a frame shuts it in: no script, no network, no way out', () => {
  for (const file of holding(/<iframe|srcDoc|srcdoc/)) {
    const text = readFileSync(`${projectRoot}/${file}`, 'utf8');
    const frames = text.match(/<iframe[\s\S]*?>/g) ?? [];
    expect(frames.length).toBeGreaterThan(0);
    for (const frame of frames) {
      expect([file, /sandbox=""|sandbox=\{''\}|sandbox$/m.test(frame) || /sandbox(?:\s|>|\/)/.test(frame)]).toEqual([
        file,
        true,
      ]);
      expect(frame).not.toMatch(/allow-(?:scripts|same-origin|top-navigation|popups|forms)/);
    }
  }
});

test('a link that leads elsewhere carries nothing along', () => {
  const links = sources.flatMap((file) =>
    [...readFileSync(`${projectRoot}/${file}`, 'utf8').matchAll(/<a\s[^>]*target="_blank"[^>]*>/g)].map(([tag]) => [
      file,
      tag,
    ]),
  );
  for (const [file, tag = ''] of links) expect([file, /rel="[^"]*noreferrer/.test(tag)]).toEqual([file, true]);
});

test('HTML in mail evidence comes out as the text it is, in JSON', async () => {
  const server = await startTestServer();
  try {
    const html = '<html><img src="https://evil.example/p.gif"><script>alert(1)</script></html>';
    const mail = {
      subject: html,
      senderDisplayName: html,
      recipientEmailAddress: 'ada@example.com',
      urls: ['javascript:alert(1)'],
    };
    const evidence = [
      {
        '@odata.type': '#microsoft.graph.security.analyzedMessageEvidence',
        ...mail,
        body: html,
        p2Sender: { displayName: html, emailAddress: html },
      },
    ];
    const alert = {
      id: 'mail-1',
      title: 'Mail',
      severity: 'high',
      createdDateTime: '2026-03-01T08:00:00Z',
      serviceSource: 'mail',
      evidence,
    };
    const token = await server.token('administrator', ['intake', 'read']);
    expect((await server.call('/api/intake/graph', { method: 'POST', body: alert, token })).status).toBe(202);
    await server.pipeline.idle();
    const { items } = (await server.call('/api/alerts', { token })).json;
    const answer = await server.call(`/api/alerts/${items[0].id}`, { token });
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(JSON.stringify(answer.json)).toContain(JSON.stringify(html).slice(1, -1));
  } finally {
    await server.stop();
  }
});

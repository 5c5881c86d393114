import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MessageView } from './incident-view.ts';
import { renderMail } from './render-mail.ts';
import { renderWebhook } from './render-webhook.ts';
import { pauseAfter } from './retry.ts';
import { escapeHtml, oneLine } from './safe-text.ts';
import { sampleMessage } from './sample.ts';
import { signature } from './sign.ts';
import { messageId, threadHeaders } from './thread-headers.ts';

const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'; drop table incident; --",
  '</td></tr></table><h1>gone</h1>',
  `{{constructor.constructor("return process")()}} $${'{7*7}'} <%= 7*7 %>`,
  'a\r\nBcc: victim@example.com\r\n\r\nbody',
  'a\u2028b\u0085c\u0000d\u001b[31m',
  '\u202Egnp.exe\u202C',
  '\uD800 lone',
  'javascript:alert(1)',
  '=cmd|"/c calc"!A1',
  `${'x'.repeat(2_000_000)}`,
  '&lt;b&gt;',
  '__proto__',
];

function everywhere(text: string): MessageView {
  const list = [text, text];
  return {
    ...sampleMessage,
    ruleName: text,
    organization: text,
    link: 'https://soc.example.com/incidents/1042',
    incident: {
      ...sampleMessage.incident,
      displayName: text,
      assignedTo: text,
      reason: text,
      categories: list,
      tags: list,
      sources: list,
    },
    alerts: [{ title: text, severity: 'high', serviceSource: text, detectionSource: text, at: text }],
    mergedFrom: [1],
  };
}

const tags = (html: string) => (html.match(/<\/?[a-z!][^>]*>/gi) ?? []).map((tag) => tag.split(/[\s>]/)[0]);
const harmless = tags(renderMail(everywhere('plain')).html);

describe('texts from outside', () => {
  test.each(hostile.map((text) => [text.slice(0, 40), text]))('%j stay text', (_, text) => {
    const mail = renderMail(everywhere(text));
    expect(tags(mail.html)).toEqual(harmless);
    expect(mail.subject).not.toMatch(/[\p{Cc}\u2028\u2029\u202A-\u202E]/u);
    expect(mail.text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u2028\u2029\u202A-\u202E]/u);
    expect(mail.html.isWellFormed() && mail.text.isWellFormed() && mail.subject.isWellFormed()).toBe(true);
    expect(mail.html.length + mail.text.length).toBeLessThan(60_000);
    expect(JSON.parse(renderWebhook('k', everywhere(text))).incident.id).toBe(1042);
  });

  test('whatever it is, no element is added and no line', () => {
    const plainLines = renderMail(everywhere('plain')).text.split('\n').length;
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }), (text) => {
        const mail = renderMail(everywhere(`x${text}`));
        expect(tags(mail.html)).toEqual(harmless);
        expect(mail.text.split('\n')).toHaveLength(plainLines);
      }),
      { numRuns: 200 },
    );
  });

  test('escaping covers what ends a text or an attribute', () => {
    expect(escapeHtml(`<a href="x">'&`)).toBe('&lt;a href=&quot;x&quot;&gt;&#39;&amp;');
  });

  test.each([
    ['  a \r\n b\t', 10, 'a b'],
    ['abcdef', 4, 'abc…'],
    ['👩‍💻👩‍💻👩‍💻', 2, '👩…'],
    ['', 5, ''],
  ])('%j in %i is one line', (text, most, expected) => {
    expect(oneLine(text, most)).toBe(expected);
  });
});

describe('a mail says', () => {
  const mail = renderMail({
    ...sampleMessage,
    organization: 'Contoso',
    link: 'https://soc.example.com/incidents/1042',
  });

  test('severity, number, name and organization in the subject', () => {
    expect(mail.subject).toBe('Contoso: High incident 1042: Credential theft on FIN-WS-07 after phishing (example)');
  });

  test.each([
    'High',
    'Initial access, Credential access, Lateral movement',
    'Critical asset',
    '3 devices, 2 users, 1 mailbox',
    'Joined by a file hash seen on 2 devices only',
    'https://soc.example.com/incidents/1042',
    '31 Jan 2026 09:41 UTC',
  ])('%s in both parts', (words) => {
    expect(mail.text).toContain(words);
    expect(mail.html).toContain(words);
  });

  test.each([
    ['microsoftDefenderForEndpoint', 'Microsoft defender for endpoint'],
    ['LateralMovement', 'Lateral movement'],
    ['GuardDuty', 'Guard duty'],
    ['wazuh', 'wazuh'],
    ['Fortinet Fortigate', 'Fortinet Fortigate'],
    ['aB', 'aB'],
  ])('%s as %s', (word, words) => {
    const { text } = renderMail({ ...sampleMessage, incident: { ...sampleMessage.incident, sources: [word] } });
    expect(text).toMatch(new RegExp(`^Sources: +${words}$`, 'm'));
  });

  test('no link and no organization when the rule does not want them', () => {
    const bare = renderMail(sampleMessage);
    expect(bare.html).not.toContain('href');
    expect(bare.text).not.toContain('Organization');
  });

  test('no address but the portal’s: nothing is fetched when it is opened', () => {
    expect(mail.html.match(/(?:https?:)?\/\/[^\s"<]+/g)).toEqual(
      Array(2).fill('https://soc.example.com/incidents/1042'),
    );
  });
});

test('Message-IDs are a function of what the message is, and of the installation', () => {
  const id = messageId('s1', 'rule/incident/0/a@x', 'example.com');
  expect(id).toMatch(/^<[0-9a-f]{32}@example\.com>$/);
  expect(messageId('s1', 'rule/incident/0/a@x', 'example.com')).toBe(id);
  expect(messageId('s2', 'rule/incident/0/a@x', 'example.com')).not.toBe(id);
  expect(messageId('s1', 'k', 'x>\r\nBcc: y')).toMatch(/@throughline\.invalid>$/);
});

test('replies name the mail before and the first; long threads keep the first', () => {
  expect(threadHeaders([])).toEqual({});
  expect(threadHeaders(['<a>'])).toEqual({ inReplyTo: '<a>', references: ['<a>'] });
  const many = Array.from({ length: 30 }, (_, i) => `<${i}>`);
  const { inReplyTo, references } = threadHeaders(many);
  expect(inReplyTo).toBe('<29>');
  expect(references).toEqual(['<0>', ...many.slice(-9)]);
});

test('pauses grow and then stay', () => {
  expect([1, 2, 3, 9].map((failures) => pauseAfter(failures, [1, 5, 7]))).toEqual([1, 5, 7, 7]);
});

test('a webhook’s signature is that of RFC 2104 over time and body', () => {
  // echo -n '1700000000.{}' | openssl dgst -sha256 -hmac secret
  expect(signature('secret', '{}', 1_700_000_000_999)).toBe(
    't=1700000000,v1=b8569b78799ff9e3cbff0fc2d63a33a2b57f3282abd07c37ae5e8e7d79a5f163',
  );
});

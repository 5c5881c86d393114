import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OutboundError, type OutboundReason } from './outbound-error.ts';
import { outboundUrl } from './outbound-url.ts';

test.each([
  ['http://example.com/a?b', 'http://example.com/a?b'],
  ['HTTPS://Example.COM', 'https://example.com/'],
  ['http://8.8.8.8:8080/', 'http://8.8.8.8:8080/'],
  ['http://[2606:4700::1]/', 'http://[2606:4700::1]/'],
  [' https://example.com\n', 'https://example.com/'],
  ['http://1.example/', 'http://1.example/'],
])('%s is read', (text, expected) => expect(outboundUrl(text).href).toBe(expected));

const refused: [OutboundReason, string[]][] = [
  ['malformedUrl', ['', 'example.com', 'http://', 'http://a b/', 'http://256.1.1.1/']],
  ['scheme', ['file:///etc/passwd', 'ftp://example.com', 'gopher://example.com', 'javascript:alert(1)', 'data:,x']],
  ['credentialsInUrl', ['http://user@example.com', 'https://:pass@example.com', 'http://example.com@127.0.0.1/']],
  [
    'unusualHost',
    [
      'http://2130706433/',
      'http://0x7f000001/',
      'http://0x7f.1/',
      'http://0177.0.0.1/',
      'http://127.1/',
      'http://017700000001',
      'http://134744072/',
      'http://8.8.8.8./',
      'http://①②⑦.⓪.⓪.①/',
      'http://%31%32%37.0.0.1/',
      'http:\\\\127.1\\',
      'http:127.1',
      'ht\ntp://127\t.1/',
    ],
  ],
];
test.each(refused.flatMap(([reason, urls]) => urls.map((url) => [reason, url] as const)))('%s: %s', (reason, url) => {
  expect(() => outboundUrl(url)).toThrow(expect.objectContaining({ name: 'OutboundError', reason }));
});

test.each([
  ['/next', 'http://8.8.8.8/next'],
  ['next', 'http://8.8.8.8/next'],
  ['//example.com/x', 'http://example.com/x'],
  ['?q', 'http://8.8.8.8/?q'],
])('relative to an address: %s', (text, expected) => {
  expect(outboundUrl(text, new URL('http://8.8.8.8/')).href).toBe(expected);
});

test.each(['//0x7f.1/', '\\\\2130706433/', 'http://127.1'])('a redirect to %s is unusual', (text) => {
  expect(() => outboundUrl(text, new URL('http://example.com/'))).toThrow(/usual form/);
});

test('any text is a URL or a typed refusal', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string().map((rest) => `http://${rest}`),
      ),
      (text) => {
        try {
          expect(outboundUrl(text)).toBeInstanceOf(URL);
        } catch (error) {
          expect(error).toBeInstanceOf(OutboundError);
        }
      },
    ),
  );
});

test('no spelling of a number reaches an address unseen', () => {
  const spelling = fc.tuple(fc.nat(0xffffffff), fc.constantFrom(10, 8, 16)).map(([value, base]) => {
    const prefix = base === 8 ? '0' : base === 16 ? '0x' : '';
    return `http://${prefix}${value.toString(base)}/`;
  });
  fc.assert(
    fc.property(spelling, (url) => {
      expect(() => outboundUrl(url)).toThrow(OutboundError);
    }),
  );
});

test('a URL may have 4096 characters', () => {
  const long = `http://a.example/${'x'.repeat(4079)}`;
  expect(outboundUrl(long).href).toBe(long);
  expect(() => outboundUrl(`${long}x`)).toThrow(/4096/);
});

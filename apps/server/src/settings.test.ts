import { expect, test } from 'vitest';
import { readSettings, SettingsError } from './settings.ts';

test('without an environment the defaults hold; an empty variable is none', () => {
  expect(readSettings({ THROUGHLINE_PORT: '' })).toMatchObject({
    host: '127.0.0.1',
    port: 8844,
    trustProxy: false,
    limits: { bodyBytes: 67_108_864, recordBytes: 4_194_304, depth: 64 },
  });
});

test.each([
  ['65536', 65_536],
  ['64KiB', 65_536],
  ['2 MiB', 2_097_152],
  ['1GiB', 1_073_741_824],
])('a size of %s', (text, bytes) => {
  expect(readSettings({ THROUGHLINE_BODY_LIMIT: text }).limits.bodyBytes).toBe(bytes);
});

test.each([
  ['THROUGHLINE_PORT', 'http'],
  ['THROUGHLINE_PORT', '70000'],
  ['THROUGHLINE_BODY_LIMIT', '64 megabytes'],
  ['THROUGHLINE_DEPTH_LIMIT', '1'],
  ['THROUGHLINE_LOG_LEVEL', 'loud'],
  ['THROUGHLINE_PUBLIC_URL', 'ftp://host'],
  ['THROUGHLINE_TRUST_PROXY', 'perhaps'],
])('%s=%s is refused by name', (name, value) => {
  expect(() => readSettings({ [name]: value })).toThrow(SettingsError);
  expect(() => readSettings({ [name]: value })).toThrow(name);
});

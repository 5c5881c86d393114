import { expect, test } from 'vitest';
import {
  deviceKeys,
  domainKeys,
  fileKeys,
  ipKeys,
  isBuiltInAccount,
  isWeakKey,
  mailboxKeys,
  processKeys,
  urlKeys,
  userKeys,
} from './entity-keys.ts';

test.each([
  [{ sid: 'S-1-5-21-1-2-3-500', upn: 'Adm@Corp.Example' }, ['sid:s-1-5-21-1-2-3-500', 'upn:adm@corp.example']],
  [{ domain: 'CORP', name: 'Mira' }, ['acct:corp\\mira', 'name~mira']],
  [{ name: 'CORP\\mira' }, ['acct:corp\\mira', 'name~mira']],
  [{ domain: 'corp.example', name: 'mira' }, ['acct:corp\\mira', 'name~mira']],
  [{ name: 'mira', site: 'north' }, ['name~north/mira']],
  [{ objectId: '00000000-0000-0000-0000-000000000000' }, []],
  [{ name: ' - ' }, []],
  [{ upn: 'admin@corp.example' }, ['upn:admin@corp.example']],
])('user %j', (user, keys) => {
  expect(userKeys(user)).toEqual(keys);
});

test.each([
  [{ dnsName: 'WS1.corp.example.' }, ['dns:ws1.corp.example', 'host~ws1']],
  [{ dnsName: '10.0.0.8', site: 'dmz' }, ['host~dmz/10.0.0.8']],
  [{ mdeDeviceId: 'AB', azureAdDeviceId: '{00000000-0000}' }, ['mde:ab']],
])('device %j', (device, keys) => {
  expect(deviceKeys(device)).toEqual(keys);
});

test.each([
  ['10.1.2.3', 'dmz', ['ip:10.1.2.3@dmz']],
  ['10.1.2.3', null, ['ip:10.1.2.3']],
  ['::ffff:203.0.113.9', 'dmz', ['ip:203.0.113.9']],
  ['fe80::1%eth0', 'dmz', ['ip:fe80::1@dmz']],
  ['127.0.0.1', null, []],
  ['::1', null, []],
  ['not an address', null, []],
])('address %s at %s', (address, site, keys) => {
  expect(ipKeys(address, site)).toEqual(keys);
});

test('a file is its content: no hash or the hash of nothing is no identity', () => {
  const sha256 = 'A'.repeat(64);
  expect(fileKeys({ sha256, md5: 'b'.repeat(32) })).toEqual([`sha256:${'a'.repeat(64)}`, `md5:${'b'.repeat(32)}`]);
  expect(fileKeys({ md5: 'd41d8cd98f00b204e9800998ecf8427e' })).toEqual([]);
  expect(fileKeys({ sha1: 'xyz' })).toEqual([]);
});

test('a url loses fragment and credentials and gives its host', () => {
  expect(urlKeys('HTTPS://user:pw@Evil.Example/Login?x=1#top')).toEqual({
    url: ['url:https://evil.example/Login?x=1'],
    host: 'evil.example',
  });
  expect(urlKeys('http://[')).toEqual({ url: ['url:http://['], host: null });
});

test('small ones', () => {
  expect(domainKeys('Evil.Example.')).toEqual(['domain:evil.example']);
  expect(domainKeys('192.0.2.1')).toEqual([]);
  expect(mailboxKeys('Mira@Example.com')).toEqual(['addr:mira@example.com']);
  expect(mailboxKeys('mira')).toEqual([]);
  expect(processKeys({ device: 'ws1', processId: 4, startTime: '2026-01-01T00:00:00Z' })).toEqual([
    'proc:ws1|4|2026-01-01T00:00:00.000Z',
  ]);
  expect(processKeys({ device: 'ws1', processId: 4 })).toEqual([]);
  expect(isWeakKey('host~ws1')).toBe(true);
  expect(isWeakKey('upn:a~b@example.com')).toBe(false);
});

test.each([
  ['NT AUTHORITY\\SYSTEM', null, true],
  ['system', null, true],
  ['mira', 'S-1-5-18', true],
  ['root', null, true],
  ['mira', 'S-1-5-21-1-2-3-1104', false],
  ['systematic', null, false],
])('built-in account %s %s', (name, sid, expected) => {
  expect(isBuiltInAccount(name, sid)).toBe(expected);
});

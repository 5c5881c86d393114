import { expect, test } from 'vitest';
import { allowNothing, readAllowList, refusalOf } from './allow-list.ts';

const { allow } = readAllowList('siem.corp.example, *.lab.example  10.2.0.0/16,::1 169.254.169.254');

test.each([
  ['example.com', '93.184.215.14', undefined],
  ['example.com', '10.1.0.1', 'private'],
  ['example.com', '10.2.255.1', undefined],
  ['SIEM.corp.example.', '192.168.1.1', undefined],
  ['siem.corp.example', '127.0.0.1', undefined],
  ['siem.corp.example', '169.254.0.7', 'linkLocal'],
  ['siem.corp.example', '100.100.100.200', 'metadata'],
  ['a.lab.example', '10.0.0.1', undefined],
  ['lab.example', '10.0.0.1', 'private'],
  ['evil-lab.example', '10.0.0.1', 'private'],
  ['::1', '::1', undefined],
  ['::ffff:10.2.0.1', '::ffff:10.2.0.1', 'translated'],
  ['169.254.169.254', '169.254.169.254', undefined],
])('%s at %s: %s', (host, address, expected) => expect(refusalOf(host, address, allow)).toBe(expected));

test('nothing is allowed by default', () => {
  expect(refusalOf('localhost', '127.0.0.1', allowNothing)).toBe('loopback');
});

test('words that are neither name nor network are told', () => {
  expect(readAllowList('10.0.0.0/33 http://a 10.0.0 a..b ok.example *').wrong).toEqual([
    '10.0.0.0/33',
    'http://a',
    '10.0.0',
    'a..b',
    '*',
  ]);
});

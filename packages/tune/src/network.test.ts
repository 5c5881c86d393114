import { BlockList } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressBytes, network } from './network.ts';

describe('an address within a network', () => {
  test.each([
    ['10.0.0.0/8', '10.255.1.2', true],
    ['10.0.0.0/8', '11.0.0.1', false],
    ['10.1.2.3', '10.1.2.3', true],
    ['0.0.0.0/0', '203.0.113.9', true],
    ['10.0.0.0/8', '::ffff:10.1.1.1', true],
    ['::ffff:10.0.0.0/104', '10.9.9.9', true],
    ['2001:db8::/32', '2001:db8:0:1::9', true],
    ['2001:db8::/32', '2001:db9::1', false],
    ['fe80::/10', 'fe80::1%eth0', true],
    ['::/0', '10.0.0.1', false],
  ])('%s holds %s: %s', (cidr, address, within) => {
    expect(network(cidr)?.(address)).toBe(within);
  });

  test.each([
    '',
    '10.0.0.0/33',
    '10.0.0/8',
    '010.0.0.1',
    '::1::',
    '1:2:3',
    '10.0.0.0/8/8',
    '10.0.0.0/-1',
    'g::/8',
    '::/129',
  ])('%s is no network', (cidr) => {
    expect(network(cidr)).toBeNull();
  });

  test('agrees with the platform', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 0, max: 32 }), fc.ipV4(), (base, length, address) => {
        const list = new BlockList();
        list.addSubnet(base, length, 'ipv4');
        expect(network(`${base}/${length}`)?.(address)).toBe(list.check(address, 'ipv4'));
      }),
    );
  });

  test('any text is read or refused', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const bytes = addressBytes(text);
        expect(bytes === null || bytes.length === 4 || bytes.length === 16).toBe(true);
      }),
    );
  });
});

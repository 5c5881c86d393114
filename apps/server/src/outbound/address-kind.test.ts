import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressBytes } from './address-bytes.ts';
import { type AddressKind, addressKind } from './address-kind.ts';

const table: [AddressKind, string][] = [
  ['public', '1.1.1.1 8.8.8.8 100.63.255.255 100.128.0.0 172.15.255.255 172.32.0.0 169.253.0.1 223.255.255.255'],
  ['public', '11.0.0.0 126.255.255.255 128.0.0.0 191.255.255.255 192.167.255.255 192.169.0.0 198.20.0.0'],
  ['public', '2606:4700:4700::1111 2a00:1450::1 2001:4860:4860::8888 2003::1'],
  ['unspecified', '0.0.0.0 0.1.2.3 ::'],
  ['loopback', '127.0.0.1 127.255.255.254 ::1 0:0:0:0:0:0:0:1'],
  ['private', '10.0.0.0 10.255.255.255 172.16.0.1 172.31.255.255 192.168.0.1 fc00::1 fdff:ffff::1 fec0::1'],
  ['carrierNat', '100.64.0.0 100.127.255.255'],
  ['linkLocal', '169.254.0.1 169.254.169.253 fe80::1 febf::1'],
  ['metadata', '169.254.169.254 169.254.170.2 100.100.100.200 168.63.129.16 192.0.0.192 fd00:ec2::254 fd20:ce::254'],
  ['multicast', '224.0.0.1 239.255.255.255 ff02::1'],
  ['translated', '::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:7f00:1 ::127.0.0.1 ::8.8.8.8 ::ffff:0:127.0.0.1'],
  [
    'translated',
    '64:ff9b::7f00:1 64:ff9b::169.254.169.254 64:ff9b:1::1 2002:7f00:1:: 2001:0:4136:e378:8000:63bf:3fff:fdd2',
  ],
  ['translated', '192.88.99.1 2a00::5efe:7f00:1 2a00::200:5efe:7f00:1'],
  ['reserved', '192.0.0.1 192.0.2.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 240.0.0.1 255.255.255.255'],
  ['reserved', '2001:db8::1 2001:2::1 3fff::1 100::1 4000::1 5f00::1 200::1'],
  ['malformed', '2130706433 0x7f.1 0177.0.0.1 127.1 01.1.1.1 fe80::1%eth0 localhost 1.1.1.1.1 ::g [::1] 1.1.1.1/8'],
];

describe.each(table)('%s', (kind, addresses) => {
  test.each(addresses.split(' '))('%s', (address) => expect(addressKind(address)).toBe(kind));
});

test('the empty text is no address', () => expect(addressKind('')).toBe('malformed'));

test('an IPv4 address is never public in any IPv6 coat', () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
      const hex = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
      const coats = [
        `::${address}`,
        `::ffff:${address}`,
        `::ffff:0:${address}`,
        `64:ff9b::${hex}`,
        `2002:${hex}::1`,
        `2a00::5efe:${hex}`,
      ];
      for (const coat of coats) expect(addressKind(coat)).not.toBe('public');
    }),
  );
});

test('every text form of an IPv6 address has the same bytes and kind', () => {
  const groups = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff })), {
    minLength: 8,
    maxLength: 8,
  });
  fc.assert(
    fc.property(groups, (parts) => {
      const full = parts.map((part) => part.toString(16).padStart(4, '0')).join(':');
      const short = new URL(`http://[${full}]/`).hostname.slice(1, -1);
      expect(addressBytes(short)).toEqual(addressBytes(full));
      expect(addressKind(short.toUpperCase())).toBe(addressKind(full));
    }),
  );
});

test('any text gets a kind', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(addressKind(text)).toBeTypeOf('string');
    }),
  );
});

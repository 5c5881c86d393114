import { isIpAddress, isPrivateAddress } from '@throughline/model';
import { lower } from './value.ts';

/** An address in lower case, without zone and without the ::ffff: before an IPv4 address; `undefined` when it is none. */
export function address(value: unknown): string | undefined {
  const text = lower(value)
    ?.replace(/%.*$/, '')
    .replace(/^::ffff:(?=\d+\.)/, '');
  return text !== undefined && isIpAddress(text) ? text : undefined;
}

/** Defender's word for the kind of an address. */
export function addressType(ip: string | undefined): string | undefined {
  if (ip === undefined) return undefined;
  if (ip.startsWith('127.') || ip === '::1') return 'Loopback';
  if (isPrivateAddress(ip)) return 'Private';
  if (ip === '255.255.255.255') return 'Broadcast';
  return /^(0\.|22[4-9]\.|2[3-5]\d\.|ff|::$)/.test(ip) ? 'Reserved' : 'Public';
}

const protocols: Readonly<Record<string, string>> = {
  '1': 'Icmp',
  '6': 'Tcp',
  '17': 'Udp',
  '58': 'Icmpv6',
  icmp: 'Icmp',
  'ipv6-icmp': 'Icmpv6',
  tcp: 'Tcp',
  udp: 'Udp',
};

/** A transport protocol, by name or number, in Defender's spelling; others as they came. */
export function protocolOf(value: unknown): string | undefined {
  const name = lower(value);
  return name === undefined ? undefined : (protocols[name] ?? name);
}

import { isIPv4, isIPv6 } from 'node:net';

/**
 * The bytes of an IP address in its usual text form: 4 of IPv4 (dotted, decimal, no leading zeros), 16 of IPv6;
 * undefined for anything else, also for an address with a zone (`fe80::1%eth0`), which no public address has.
 */
export function addressBytes(text: string): Uint8Array | undefined {
  if (isIPv4(text)) return Uint8Array.from(text.split('.'), Number);
  return isIPv6(text) && !text.includes('%') ? ipv6Bytes(text) : undefined;
}

// `isIPv6` has checked the form; what is left is arithmetic.
function ipv6Bytes(text: string): Uint8Array {
  const [head = '', tail] = text.split('::');
  const front = groupsOf(head);
  const back = tail === undefined ? [] : groupsOf(tail);
  const groups = [...front, ...new Array<number>(8 - front.length - back.length).fill(0), ...back];
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff]));
}

function groupsOf(text: string): number[] {
  if (text === '') return [];
  return text.split(':').flatMap((part) => {
    if (!part.includes('.')) return [Number.parseInt(part, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = part.split('.').map(Number);
    return [a * 256 + b, c * 256 + d];
  });
}

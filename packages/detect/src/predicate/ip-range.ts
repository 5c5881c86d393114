/** A network as first address and prefix length; IPv4 addresses are held as IPv4-mapped IPv6 addresses. */
export type IpRange = { text: string; first: bigint; bits: number };

/** Reads `10.0.0.0/8`, `fe80::/10` or a single address; undefined when it is none. */
export function readIpRange(text: string): IpRange | undefined {
  const [address = '', length, rest] = text.trim().split('/');
  const first = readIp(address);
  if (first === undefined || rest !== undefined) return undefined;
  const width = address.includes(':') ? 128 : 32;
  if (length !== undefined && !/^\d{1,3}$/.test(length)) return undefined;
  const bits = length === undefined ? width : Number(length);
  if (bits > width) return undefined;
  const total = bits + (128 - width);
  const shift = BigInt(128 - total);
  return { text: text.trim(), first: (first >> shift) << shift, bits: total };
}

/** Whether a text is an address inside the network. */
export function inRange(range: IpRange, text: string): boolean {
  const address = readIp(text);
  if (address === undefined) return false;
  const shift = BigInt(128 - range.bits);
  return address >> shift === range.first >> shift;
}

const mapped = 0xffffn << 32n;

/** An IPv4 or IPv6 address as a 128-bit number (RFC 4291 text forms, a zone index is dropped); undefined for anything else. */
export function readIp(text: string): bigint | undefined {
  if (text.length > 64) return undefined;
  const four = readIpv4(text);
  if (four !== undefined) return mapped | BigInt(four);
  if (!text.includes(':')) return undefined;
  const bare = text.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(bare);
  const embedded = tail?.[2] === undefined ? undefined : readIpv4(tail[2]);
  if (tail && embedded === undefined) return undefined;
  const body =
    embedded === undefined ? bare : `${tail?.[1]}${(embedded >>> 16).toString(16)}:${(embedded & 0xffff).toString(16)}`;
  const halves = body.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], end = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - end.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array.from({ length: halves.length === 2 ? missing : 0 }, () => '0'), ...end];
  let address = 0n;
  for (const group of groups) {
    if (!/^[0-9a-f]{1,4}$/i.test(group)) return undefined;
    address = (address << 16n) | BigInt(Number.parseInt(group, 16));
  }
  return address;
}

function readIpv4(text: string): number | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (match === null) return undefined;
  let address = 0;
  for (const part of match.slice(1)) {
    const byte = Number(part);
    if (byte > 255) return undefined;
    address = address * 256 + byte;
  }
  return address;
}

/** Bytes of an IPv4 (4) or IPv6 (16) address; an IPv4 address written as IPv6 (`::ffff:10.0.0.1`) is IPv4. Null: none. */
export function addressBytes(text: string): number[] | null {
  const bare = text.trim().replace(/%[\w.]{1,32}$/, '');
  if (bare.length > 45) return null;
  if (!bare.includes(':')) return fourBytes(bare);
  const bytes = sixteenBytes(bare);
  const mapped = bytes?.slice(0, 12).every((byte, at) => byte === (at < 10 ? 0 : 255));
  return bytes && mapped ? bytes.slice(12) : bytes;
}

/** Compiles a CIDR block or a single address (RFC 4632, RFC 4291): whether an address is within. Null: not a network. */
export function network(cidr: string): ((address: string) => boolean) | null {
  const [base = '', length, ...rest] = cidr.trim().split('/');
  const wanted = addressBytes(base);
  if (wanted === null || rest.length > 0) return null;
  if (length !== undefined && !/^\d{1,3}$/.test(length)) return null;
  const most = wanted.length * 8;
  // A block of addresses written as ::ffff:10.0.0.0/104 counts from the start of the long form.
  const written = base.includes(':') && wanted.length === 4 ? Number(length ?? 128) - 96 : Number(length ?? most);
  if (written < 0 || written > most) return null;
  return (address) => {
    const bytes = addressBytes(address);
    if (bytes === null || bytes.length !== wanted.length) return false;
    return wanted.every((byte, at) => {
      const kept = Math.min(8, Math.max(0, written - at * 8));
      const mask = (0xff << (8 - kept)) & 0xff;
      return (byte & mask) === ((bytes[at] ?? 0) & mask);
    });
  };
}

function fourBytes(text: string): number[] | null {
  const parts = text.split('.');
  if (parts.length !== 4) return null;
  const bytes = parts.map((part) => (/^(0|[1-9]\d{0,2})$/.test(part) ? Number(part) : 256));
  return bytes.every((byte) => byte < 256) ? bytes : null;
}

function sixteenBytes(text: string): number[] | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head, tail] = halves.map((half) => (half === '' ? [] : groupBytes(half)));
  if (!head || tail === null) return null;
  if (tail === undefined) return head.length === 16 ? head : null;
  const gap = 16 - head.length - tail.length;
  return gap >= 2 ? [...head, ...Array<number>(gap).fill(0), ...tail] : null;
}

function groupBytes(half: string): number[] | null {
  const bytes: number[] = [];
  const groups = half.split(':');
  for (const [at, group] of groups.entries()) {
    const four = at === groups.length - 1 && group.includes('.') ? fourBytes(group) : null;
    if (four) bytes.push(...four);
    else if (/^[0-9a-f]{1,4}$/i.test(group)) {
      const value = Number.parseInt(group, 16);
      bytes.push(value >> 8, value & 255);
    } else return null;
  }
  return bytes;
}

import { addressBytes } from './address-bytes.ts';
import { isInNetwork, type Network, readNetwork } from './network.ts';

/** What an address is for; only `public` ones are reachable without being allowed by name or network. */
export const addressKinds = [
  'public',
  'unspecified',
  'loopback',
  'private',
  'carrierNat',
  'linkLocal',
  'metadata',
  'multicast',
  'translated',
  'reserved',
  'malformed',
] as const;
export type AddressKind = (typeof addressKinds)[number];

/**
 * The special-purpose registries of IANA (RFC 6890 and later), and the addresses at which clouds hand out credentials.
 * The first line that fits counts.
 */
const table: readonly [kind: AddressKind, networks: string][] = [
  ['metadata', '169.254.169.254 169.254.170.2 169.254.170.23 100.100.100.200 192.0.0.192 168.63.129.16'],
  ['metadata', 'fd00:ec2::254 fd00:ec2::23 fd20:ce::254 fe80::a9fe:a9fe'],
  ['unspecified', '0.0.0.0/8 ::/128'],
  ['loopback', '127.0.0.0/8 ::1/128'],
  ['private', '10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 fc00::/7 fec0::/10'],
  ['carrierNat', '100.64.0.0/10'],
  ['linkLocal', '169.254.0.0/16 fe80::/10'],
  ['multicast', '224.0.0.0/4 ff00::/8'],
  // An IPv4 address in an IPv6 coat: compatible, mapped, SIIT, NAT64 (well-known and local), 6to4, Teredo; 6to4 relays.
  ['translated', '::/96 ::ffff:0:0/96 ::ffff:0:0:0/96 64:ff9b::/96 64:ff9b:1::/48 2002::/16 2001::/32 192.88.99.0/24'],
  ['reserved', '192.0.0.0/24 192.0.2.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 240.0.0.0/4'],
  ['reserved', '2001::/23 2001:db8::/32 3fff::/20'],
  // Everything else outside the block from which public addresses are given out.
  ['public', '2000::/3'],
  ['reserved', '::/0'],
  ['public', '0.0.0.0/0'],
];

const networks: readonly [AddressKind, Network][] = table.flatMap(([kind, texts]) =>
  texts.split(' ').map((text): [AddressKind, Network] => [kind, networkOf(text)]),
);

/** The kind of an IP address given as text; what is no address is `malformed`. */
export function addressKind(address: string): AddressKind {
  const bytes = addressBytes(address);
  if (bytes === undefined) return 'malformed';
  const kind = networks.find(([, network]) => isInNetwork(bytes, network))?.[0] ?? 'reserved';
  return kind === 'public' && isIsatap(bytes) ? 'translated' : kind;
}

// RFC 5214: an interface identifier of 0000:5efe or 0200:5efe carries an IPv4 address.
function isIsatap(bytes: Uint8Array): boolean {
  return (
    bytes.length === 16 && ((bytes[8] ?? 0) & 0xfd) === 0 && bytes[9] === 0 && bytes[10] === 0x5e && bytes[11] === 0xfe
  );
}

function networkOf(text: string): Network {
  const network = readNetwork(text);
  if (network === undefined) throw new Error(`${text} is no network`);
  return network;
}

import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { AddressKind } from './address-kind.ts';
import { type AllowList, refusalOf } from './allow-list.ts';
import { OutboundError } from './outbound-error.ts';

/** Turns a name into addresses; rejects when there are none. */
export type Resolve = (host: string) => Promise<readonly string[]>;

/** An address that was checked; connections are made to it and not to the name. */
export type CheckedAddress = { address: string; family: 4 | 6 };

/** The operating system's resolver, `/etc/hosts` included. */
export const systemResolve: Resolve = async (host) => (await lookup(host, { all: true })).map(({ address }) => address);

const words: Record<AddressKind, string> = {
  public: 'a public address',
  unspecified: 'the unspecified address',
  loopback: 'this machine itself',
  private: 'a private network',
  carrierNat: 'a network behind a carrier’s address translation',
  linkLocal: 'a link-local address',
  metadata: 'a cloud’s metadata service',
  multicast: 'a multicast group',
  translated: 'an IPv4 address in an IPv6 coat',
  reserved: 'a reserved address',
  malformed: 'no address',
};

/**
 * Resolves the host of a URL and checks every address. One refused address refuses the host: an answer that mixes public
 * and private addresses is either a mistake or an attack.
 *
 * @throws OutboundError `notResolved`, `refusedAddress`.
 */
export async function resolveHost(host: string, allow: AllowList, resolve = systemResolve): Promise<CheckedAddress[]> {
  const name = host.replace(/^\[(.*)\]$/, '$1');
  const addresses = isIP(name) === 0 ? await resolved(name, resolve) : [name];
  return addresses.map((address) => {
    const kind = refusalOf(name, address, allow);
    if (kind !== undefined) {
      const stands = address === name ? `${name} is` : `${name} stands for ${address}, which is`;
      const remedy = 'If it is meant, add it to THROUGHLINE_OUTBOUND_ALLOW.';
      throw new OutboundError('refusedAddress', name, `${stands} ${words[kind]}: not allowed. ${remedy}`);
    }
    return { address, family: isIP(address) === 4 ? 4 : 6 };
  });
}

async function resolved(name: string, resolve: Resolve): Promise<readonly string[]> {
  const addresses = await resolve(name).catch((cause: NodeJS.ErrnoException) => {
    throw new OutboundError('notResolved', name, `${name} has no address (${cause.code ?? cause.message}).`, cause);
  });
  if (addresses.length === 0) throw new OutboundError('notResolved', name, `${name} has no address.`);
  return addresses;
}

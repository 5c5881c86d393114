import { addressBytes } from './address-bytes.ts';
import { type AddressKind, addressKind } from './address-kind.ts';
import { isInNetwork, type Network, readNetwork } from './network.ts';

/** What may be reached beyond the public internet. */
export type AllowList = {
  /** Host names in lower case; one that begins with "*." stands for every name below it. */
  hosts: readonly string[];
  networks: readonly Network[];
};

/** Nothing but the public internet. */
export const allowNothing: AllowList = { hosts: [], networks: [] };

/** Reads "siem.corp.example, *.lab.example, 10.2.0.0/16". Returns the words that are neither name nor network as `wrong`. */
export function readAllowList(text: string): { allow: AllowList; wrong: string[] } {
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  const networks: Network[] = [];
  const hosts: string[] = [];
  const wrong: string[] = [];
  for (const word of words) {
    const network = readNetwork(word);
    if (network !== undefined) networks.push(network);
    else if (/^(?:\*\.)?(?=[^.]*[a-z])[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/i.test(word)) hosts.push(word.toLowerCase());
    else wrong.push(word);
  }
  return { allow: { hosts, networks }, wrong };
}

// Whoever controls an allowed name's DNS must still not reach these.
const beyondNames: ReadonlySet<AddressKind> = new Set([
  'metadata',
  'linkLocal',
  'unspecified',
  'multicast',
  'malformed',
]);

/**
 * Why an address may not be reached, or undefined when it may: it is public, its network is allowed, or `host` is an
 * allowed name and the address one that a name may stand for (no metadata service, link-local or multicast address).
 */
export function refusalOf(host: string, address: string, allow: AllowList): AddressKind | undefined {
  const kind = addressKind(address);
  if (kind === 'public') return undefined;
  const bytes = addressBytes(address);
  if (bytes !== undefined && allow.networks.some((network) => isInNetwork(bytes, network))) return undefined;
  return isAllowedName(host, allow) && !beyondNames.has(kind) ? undefined : kind;
}

function isAllowedName(host: string, { hosts }: AllowList): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  return hosts.some((allowed) => (allowed.startsWith('*.') ? name.endsWith(allowed.slice(1)) : name === allowed));
}

import { hash } from 'node:crypto';
import type { Values } from './row.ts';

const known = new Map<string, Values>();
const most = 10_000;

/**
 * DeviceName in lower case and DeviceId of a host. Sources without device ids get one from the name: 40 hex digits, as
 * Defender's are, the same for every record of that name.
 */
export function deviceColumns(host: string | null | undefined): Values {
  if (host === null || host === undefined || host === '') return {};
  const found = known.get(host);
  if (found !== undefined) return found;
  const DeviceName = host.toLowerCase();
  const made = { DeviceId: hash('sha1', `device\u0000${DeviceName}`, 'hex'), DeviceName };
  if (known.size >= most) known.clear();
  known.set(host, made);
  return made;
}

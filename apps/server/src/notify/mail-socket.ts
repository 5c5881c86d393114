import { connect, isIP, type Socket } from 'node:net';
import type { AllowList } from '../outbound/allow-list.ts';
import { OutboundError } from '../outbound/outbound-error.ts';
import { resolveHost } from '../outbound/resolve-host.ts';
import { DeliveryError } from './delivery-error.ts';

/**
 * Connects to a mail server at an address that was checked, and not to its name: a name that is resolved again could
 * stand for another. Each of its addresses is tried in turn. Throws DeliveryError `way`.
 */
export async function connectMailServer(
  { host, port }: { host: string; port: number },
  allow: AllowList,
  timeoutMs: number,
): Promise<Socket> {
  const addresses = await resolveHost(host, allow).catch((error) => {
    if (!(error instanceof OutboundError)) throw error;
    throw new DeliveryError('way', refusalWords(error, host), error);
  });
  let last: Error = new Error('it has no address');
  for (const { address } of addresses) {
    try {
      return await opened(address, port, timeoutMs);
    } catch (error) {
      last = error as Error;
    }
  }
  throw new DeliveryError('way', `${host}:${port} could not be reached: ${last.message}.`, last);
}

// Mail relays on the machine or in the network are common: say what makes them work, to the letter.
function refusalWords({ reason, message }: OutboundError, host: string): string {
  if (reason !== 'refusedAddress') return message;
  const value = isIP(host) === 0 ? host.toLowerCase() : host;
  return `${message.replace(/ If it is meant.*$/, '')} If this is your mail server, start Throughline with THROUGHLINE_OUTBOUND_ALLOW=${value} (separate several entries by commas).`;
}

function opened(address: string, port: number, timeoutMs: number): Promise<Socket> {
  return new Promise((done, failed) => {
    const socket = connect({ host: address, port });
    const fail = (error: Error) => {
      socket.destroy();
      failed(error);
    };
    socket.setTimeout(timeoutMs, () => fail(new Error(`no connection within ${timeoutMs} ms`)));
    socket.once('error', fail);
    socket.once('connect', () => {
      socket.setTimeout(0);
      socket.removeListener('error', fail);
      socket.removeAllListeners('timeout');
      done(socket);
    });
  });
}

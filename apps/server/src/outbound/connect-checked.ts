import { connect, type Socket } from 'node:net';
import type { AllowList } from './allow-list.ts';
import { OutboundError } from './outbound-error.ts';
import { type Resolve, resolveHost } from './resolve-host.ts';

/**
 * Opens a TCP connection for protocols that are no HTTP: to an address that was checked, and not to the name, which
 * could stand for another when it is resolved again. Each address is tried in turn, `timeoutMs` long.
 *
 * @throws OutboundError `notResolved`, `refusedAddress`, `connection`.
 */
export async function connectChecked(
  { host, port }: { host: string; port: number },
  allow: AllowList,
  timeoutMs: number,
  resolve?: Resolve,
): Promise<Socket> {
  let last = new Error('it has no address');
  for (const { address } of await resolveHost(host, allow, resolve)) {
    try {
      return await opened(address, port, timeoutMs);
    } catch (error) {
      last = error as Error;
    }
  }
  throw new OutboundError('connection', host, `${host}:${port} could not be reached: ${last.message}.`, last);
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

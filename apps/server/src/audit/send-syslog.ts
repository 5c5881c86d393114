import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { AuditSend } from '@throughline/store';
import type { AllowList } from '../outbound/allow-list.ts';
import { OutboundError } from '../outbound/outbound-error.ts';
import { type CheckedAddress, type Resolve, resolveHost } from '../outbound/resolve-host.ts';
import { syslogMessage } from './syslog-message.ts';

const TIMEOUT_MS = 10_000;
// However slowly it reads.
const LONGEST_MS = 30_000;
// A burst would overrun the receiver's buffer, and nobody would know.
const UDP_PAUSE_MS = 1;

/** A syslog server. */
export type SyslogTarget = { protocol: 'tcp' | 'udp'; host: string; port: number };

/**
 * Sends entries to a syslog server, whose address is checked like that of every other outbound connection.
 *
 * TCP: octet counting (RFC 6587), one connection a batch, taken as delivered when the server has read to the end and
 * closed it. UDP: a datagram each; nobody says whether it arrived.
 */
export function syslogSender({ protocol, host, port }: SyslogTarget, allow: AllowList, resolve?: Resolve): AuditSend {
  return async (tenantId, entries) => {
    const [address] = await resolveHost(host, allow, resolve);
    if (address === undefined) throw new OutboundError('notResolved', host, `${host} has no address.`);
    const messages = entries.map((entry) => Buffer.from(syslogMessage(entry, tenantId, hostname())));
    await (protocol === 'tcp' ? overTcp(address, port, host, messages) : overUdp(address, port, messages));
  };
}

function overTcp({ address }: CheckedAddress, port: number, host: string, messages: readonly Buffer[]): Promise<void> {
  const where = `${host}:${port}`;
  return new Promise((done, failed) => {
    const socket = connect({ host: address, port });
    const fail = (reason: 'timeout' | 'connection', words: string, cause?: unknown) => {
      socket.destroy();
      failed(new OutboundError(reason, host, words, cause));
    };
    let ended = false;
    socket.setTimeout(TIMEOUT_MS, () => fail('timeout', `${where} did not take the entries within ${TIMEOUT_MS} ms.`));
    const late = setTimeout(() => fail('timeout', `${where} took longer than ${LONGEST_MS} ms.`), LONGEST_MS);
    socket.on('error', (cause: NodeJS.ErrnoException) =>
      fail('connection', `${where} could not be reached: ${cause.code ?? cause.message}.`, cause),
    );
    socket.on('connect', () => {
      for (const message of messages) socket.write(Buffer.concat([Buffer.from(`${message.length} `), message]));
      socket.end(() => {
        ended = true;
      });
    });
    // Whatever it says is read and dropped, so that its end is seen.
    socket.resume();
    socket.on('close', (broken) => {
      clearTimeout(late);
      if (broken || !ended) fail('connection', `${where} closed the connection before it had everything.`);
      else done();
    });
  });
}

async function overUdp({ address, family }: CheckedAddress, port: number, messages: readonly Buffer[]): Promise<void> {
  const socket = createSocket(family === 4 ? 'udp4' : 'udp6');
  try {
    for (const message of messages) {
      await new Promise<void>((done, failed) =>
        socket.send(message, port, address, (error) => (error === null ? done() : failed(error))),
      );
      await delay(UDP_PAUSE_MS);
    }
  } finally {
    socket.close();
  }
}

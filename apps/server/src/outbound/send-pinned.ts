import { Agent as HttpAgent, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { OutboundError } from './outbound-error.ts';
import type { OutboundAnswer, OutboundPolicy, OutboundRequest } from './outbound-request.ts';
import type { CheckedAddress } from './resolve-host.ts';

const LARGEST_ANSWER = 1024 ** 2;

/**
 * Sends one request to addresses that were checked; the name goes into the Host header and the TLS handshake only.
 *
 * @throws OutboundError `connection`, `tooLarge`, `stopped`.
 */
export function sendPinned(
  request: OutboundRequest & { signal: AbortSignal },
  url: URL,
  addresses: readonly CheckedAddress[],
  { responseBytes = LARGEST_ANSWER, ca }: OutboundPolicy,
): Promise<OutboundAnswer> {
  const { method = 'GET', headers = {}, body, signal } = request;
  const secure = url.protocol === 'https:';
  const options: RequestOptions = {
    method,
    headers: { 'user-agent': 'Throughline', 'accept-encoding': 'identity', ...headers },
    lookup: pinned(addresses),
    // A kept connection would outlive the check of its address; an agent of our own also knows of no proxy.
    agent: secure
      ? new HttpsAgent({ keepAlive: false, rejectUnauthorized: true, ...(ca === undefined ? {} : { ca }) })
      : new HttpAgent({ keepAlive: false }),
    signal,
  };
  return new Promise((done, failed) => {
    const fail = (cause: Error) => failed(failure(cause, url, signal));
    const outgoing = (secure ? httpsRequest : httpRequest)(url, options, (incoming) => {
      incoming.on('error', fail);
      collect(incoming, url, responseBytes).then(
        (bytes) => done({ status: incoming.statusCode ?? 0, headers: headersOf(incoming), body: bytes, url: url.href }),
        (error) => {
          outgoing.destroy();
          fail(error);
        },
      );
    });
    outgoing.on('error', fail);
    outgoing.end(body);
  });
}

// Stands where the socket would ask DNS again, and answers with what was checked.
function pinned(addresses: readonly CheckedAddress[]): LookupFunction {
  return (_host, { all }, callback) => {
    const [first] = addresses;
    if (all === true) callback(null, [...addresses]);
    else callback(null, first?.address ?? '', first?.family ?? 4);
  };
}

async function collect(incoming: IncomingMessage, url: URL, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > most) {
      throw new OutboundError('tooLarge', url.hostname, `${url.host} answered with more than ${most} bytes.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function headersOf(incoming: IncomingMessage): Record<string, string> {
  const entries = Object.entries(incoming.headersDistinct).map(([name, values]) => [name, (values ?? []).join(', ')]);
  return Object.fromEntries(entries);
}

function failure(cause: Error, url: URL, signal: AbortSignal): OutboundError {
  if (cause instanceof OutboundError) return cause;
  if (signal.aborted) return new OutboundError('stopped', url.hostname, 'stopped', cause);
  const { code, message } = cause as NodeJS.ErrnoException;
  return new OutboundError('connection', url.hostname, `${url.host} could not be reached: ${code ?? message}.`, cause);
}

import type { Socket } from 'node:net';
import { isIP } from 'node:net';
import type { AllowList } from '../outbound/allow-list.ts';
import { connectChecked } from '../outbound/connect-checked.ts';
import { OutboundError } from '../outbound/outbound-error.ts';
import { DeliveryError } from './delivery-error.ts';

/** Connects to a mail server through the outbound guard. Throws DeliveryError `way`. */
export async function connectMailServer(
  server: { host: string; port: number },
  allow: AllowList,
  timeoutMs: number,
): Promise<Socket> {
  return connectChecked(server, allow, timeoutMs).catch((error) => {
    if (!(error instanceof OutboundError)) throw error;
    throw new DeliveryError('way', refusalWords(error, server.host), error);
  });
}

// Mail relays on the machine or in the network are common: say what makes them work, to the letter.
function refusalWords({ reason, message }: OutboundError, host: string): string {
  if (reason !== 'refusedAddress') return message;
  const value = isIP(host) === 0 ? host.toLowerCase() : host;
  return `${message.replace(/ If it is meant.*$/, '')} If this is your mail server, start Throughline with THROUGHLINE_OUTBOUND_ALLOW=${value} (separate several entries by commas).`;
}

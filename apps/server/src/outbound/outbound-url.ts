import { isIPv4 } from 'node:net';
import { OutboundError } from './outbound-error.ts';

const LONGEST_URL = 4096;

/**
 * Reads the address of an outbound request, or of a redirect relative to `base`: http or https, without credentials,
 * and an IPv4 host only in its usual form. URL parsers read `0x7f.1`, `017700000001` and `2130706433` as 127.0.0.1; who
 * writes an address so, hides it.
 *
 * @throws OutboundError `malformedUrl`, `scheme`, `credentialsInUrl`, `unusualHost`.
 */
export function outboundUrl(text: string, base?: URL): URL {
  const url = text.length <= LONGEST_URL && URL.canParse(text, base?.href) ? new URL(text, base) : undefined;
  if (url === undefined)
    throw new OutboundError('malformedUrl', '', 'This is no URL, or one of more than 4096 characters.');
  const { hostname: host, protocol } = url;
  if (protocol !== 'http:' && protocol !== 'https:') {
    throw new OutboundError('scheme', host, `Only http and https are allowed, not "${protocol.slice(0, 20)}".`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new OutboundError('credentialsInUrl', host, `Leave name and password out of the URL of ${host}.`);
  }
  if (isIPv4(host) && writtenHost(text) !== host && !isRelative(text)) {
    throw new OutboundError('unusualHost', host, `Write the address ${host} in its usual form.`);
  }
  return url;
}

// A port of the text form: scheme, slashes of either kind, then the authority up to its port. URL parsers drop tabs,
// line ends and surrounding spaces before they read.
const AUTHORITY = /^(?:https?:)?[\\/]*([^\\/?#:@]*)/i;

function writtenHost(text: string): string | undefined {
  return AUTHORITY.exec(cleaned(text))?.[1]?.toLowerCase();
}

function isRelative(text: string): boolean {
  return !/^(?:[a-z][a-z0-9+.-]*:|[\\/]{2})/i.test(cleaned(text));
}

function cleaned(text: string): string {
  return text.replace(/[\t\n\r]/g, '').trim();
}

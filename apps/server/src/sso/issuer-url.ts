import { ApiError } from '../http/api-error.ts';
import { OutboundError } from '../outbound/outbound-error.ts';
import { outboundUrl } from '../outbound/outbound-url.ts';

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Reads an issuer: an https address without query and fragment (OpenID Connect Discovery 1.0, 3); http only on loopback.
 *
 * @throws ApiError 400 that names the field.
 */
export function issuerUrl(text: string): URL {
  try {
    const url = outboundUrl(text);
    if (url.protocol !== 'https:' && !loopback.has(url.hostname)) throw notIssuer('Write the issuer with https.');
    if (url.search !== '' || url.hash !== '') throw notIssuer('An issuer has neither query nor fragment.');
    return url;
  } catch (error) {
    if (error instanceof OutboundError) throw notIssuer(error.message);
    throw error;
  }
}

function notIssuer(message: string): ApiError {
  return new ApiError(400, 'invalidRequest', message, { target: 'issuer' });
}

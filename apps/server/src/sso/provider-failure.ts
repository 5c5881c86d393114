import type { SsoFailure } from '@throughline/model';
import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client';
import { OutboundError } from '../outbound/outbound-error.ts';

/** What went wrong with a provider: why, and a sentence that says so exactly and holds nothing it sent but its code. */
export type ProviderFailure = { failure: SsoFailure; sentence: string };

// Codes of the library that mean: what the provider sent is not what it should be.
const wrongCodes: Readonly<Record<string, string>> = {
  OAUTH_RESPONSE_IS_NOT_CONFORM: 'It answered with an unexpected HTTP status. Is the issuer right?',
  OAUTH_RESPONSE_IS_NOT_JSON: 'It did not answer with JSON. Is the issuer right?',
  OAUTH_PARSE_ERROR: 'Its answer could not be read. Is the issuer right?',
  OAUTH_INVALID_RESPONSE: 'Its answer is not valid.',
  OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED: 'It calls itself by another issuer than the one entered here.',
  OAUTH_JWT_CLAIM_COMPARISON_FAILED: 'The ID token is for somebody else: issuer, audience or nonce differ.',
  OAUTH_JWT_TIMESTAMP_CHECK_FAILED: 'The ID token is too old or not valid yet. Are the clocks right?',
  OAUTH_KEY_SELECTION_FAILED: 'The ID token is signed with a key that the provider does not publish.',
  OAUTH_HTTP_REQUEST_FORBIDDEN: 'Only https is allowed.',
  OAUTH_UNSUPPORTED_OPERATION: 'It signs with a method that is not supported.',
};

/** Reads an error of the library; undefined when it is none that a provider causes. */
export function providerFailure(error: unknown): ProviderFailure | undefined {
  const outbound = findCause(error, (each) => each instanceof OutboundError);
  if (outbound instanceof OutboundError) {
    return { failure: outbound.passing ? 'providerAway' : 'providerWrong', sentence: outbound.message };
  }
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError) {
    return { failure: 'providerRefused', sentence: `It refused with “${plainCode(error.error)}”.` };
  }
  if (!(error instanceof ClientError)) return undefined;
  const { code = '' } = error;
  if (code === 'OAUTH_TIMEOUT') return { failure: 'providerAway', sentence: 'It did not answer in time.' };
  const words = wrongCodes[code] ?? 'Its answer is not valid.';
  return { failure: isAboutToken(code) ? 'answerNotValid' : 'providerWrong', sentence: words };
}

function isAboutToken(code: string): boolean {
  return /JWT|KEY_SELECTION|INVALID_RESPONSE/.test(code);
}

function plainCode(code: string): string {
  return code.replace(/[^\w.-]/g, '').slice(0, 60);
}

function findCause(error: unknown, is: (each: unknown) => boolean): unknown {
  for (let each = error, hops = 0; each instanceof Error && hops < 8; each = each.cause, hops++) {
    if (is(each)) return each;
  }
  return undefined;
}

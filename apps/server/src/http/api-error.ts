import type { ErrorBody } from '@throughline/model';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** A refusal with its HTTP status, a stable code and words for people. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: ContentfulStatusCode;
  readonly code: string;
  /** The field, parameter or header it is about. */
  readonly target: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    status: ContentfulStatusCode,
    code: string,
    message: string,
    more: { target?: string | undefined; retryAfterSeconds?: number | undefined } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.target = more.target;
    this.retryAfterSeconds = more.retryAfterSeconds;
  }
}

/** The 404 for a thing named by a word: `notFound('incident')`. */
export function notFound(what: string): ApiError {
  return new ApiError(404, 'notFound', `There is no such ${what}.`);
}

/** The value, or the 404 for it. */
export function found<T>(value: T | undefined | null, what: string): T {
  if (value === undefined || value === null) throw notFound(what);
  return value;
}

/** The error as it goes over the wire. */
export function errorBodyOf(error: ApiError, requestId: string): ErrorBody {
  const { code, message, target } = error;
  return { error: { code, message, requestId, ...(target === undefined ? {} : { target }) } };
}

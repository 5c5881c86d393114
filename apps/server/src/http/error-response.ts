import {
  AccessError,
  type AccessRefusal,
  ChangeError,
  type ChangeErrorCode,
  QueryError,
  ScopeError,
  type ScopeRefusal,
  SsoError,
} from '@throughline/store';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Logger } from 'pino';
import { z } from 'zod';
import { ssoApiError } from '../sso/refuse.ts';
import { ApiError, errorBodyOf } from './api-error.ts';
import { shapedError } from './error-shape.ts';
import type { HttpEnv } from './http-env.ts';

const accessStatuses: Record<AccessRefusal, 400 | 403 | 404 | 409 | 429> = {
  userNameTaken: 409,
  lastAdministrator: 409,
  noSuchAccount: 404,
  noSuchToken: 404,
  noSuchInvitation: 404,
  serviceAccount: 409,
  tokenEndNotAllowed: 400,
  invitationNotValid: 404,
  invitationExpired: 409,
  passwordsOff: 409,
  wrongPassword: 403,
  tooManyTries: 429,
  noSuchSession: 404,
  noSuchPasskey: 404,
  passkeyKnown: 409,
  tooManyPasskeys: 409,
  authenticatorPresent: 409,
  noSecondFactor: 409,
};

const scopeStatuses: Record<ScopeRefusal, 404 | 409> = {
  noSuchGroup: 404,
  noSuchRole: 404,
  noSuchAccount: 404,
  nameTaken: 409,
  tooManyGroups: 409,
  ungroupedStays: 409,
  groupAssigned: 409,
  lastUnscopedAdministrator: 409,
};

const changeStatuses: Record<ChangeErrorCode, 400 | 404 | 409> = {
  notFound: 404,
  invalid: 400,
  redirected: 409,
  conflict: 409,
};

// PostgreSQL's character_not_in_repertoire.
const UNSTORABLE_TEXT = '22021';
// Ours, raised by the trigger that keeps a break-glass account usable.
const LAST_BREAK_GLASS = 'TL021';

/** Answers an error in the one shape of all errors, or the one that the route declares. What nobody foresaw is logged whole and answered without detail. */
export function errorResponse(c: Context<HttpEnv>, thrown: unknown, log: Logger): Response {
  const error = apiErrorOf(thrown);
  const requestId = c.get('requestId');
  if (error.status >= 500 && !(thrown instanceof ApiError)) log.error({ requestId, err: thrown }, 'request failed');
  if (error.retryAfterSeconds !== undefined) c.header('retry-after', String(Math.ceil(error.retryAfterSeconds)));
  // The rest of such a body is not read: the connection cannot be used again.
  if (error.status === 413) c.header('connection', 'close');
  const shape = c.get('errorShape');
  return c.json(shape === undefined ? errorBodyOf(error, requestId) : shapedError(c, shape, error), error.status);
}

/** What a thrown thing means to who asked: a refusal with its status, or 500 for what nobody foresaw. */
export function apiErrorOf(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  if (thrown instanceof AccessError) return new ApiError(accessStatuses[thrown.reason], thrown.reason, thrown.message);
  if (thrown instanceof ScopeError) return new ApiError(scopeStatuses[thrown.reason], thrown.reason, thrown.message);
  if (thrown instanceof SsoError) return ssoApiError(thrown);
  if (thrown instanceof ChangeError) {
    const { code, message, target, redirect } = thrown;
    return new ApiError(changeStatuses[code], code, message, {
      target: redirect === undefined ? target : String(redirect),
    });
  }
  if (thrown instanceof QueryError) {
    return new ApiError(400, 'invalidRequest', thrown.message, { target: `query.${thrown.target}` });
  }
  if (thrown instanceof z.ZodError) return validationError(thrown);
  if (thrown instanceof HTTPException) return frameworkError(thrown);
  if ((thrown as NodeJS.ErrnoException | null)?.code === UNSTORABLE_TEXT) {
    return new ApiError(400, 'invalidRequest', 'A text contains a NUL character, which cannot be stored; remove it.');
  }
  if ((thrown as NodeJS.ErrnoException | null)?.code === LAST_BREAK_GLASS) {
    return new ApiError(409, 'lastBreakGlass', (thrown as Error).message);
  }
  if (isDatabaseAway(thrown)) {
    return new ApiError(503, 'databaseAway', 'The database does not answer. Nothing was changed; try again shortly.', {
      retryAfterSeconds: 2,
    });
  }
  return new ApiError(
    500,
    'internal',
    'Something failed on the server. The log has the details under this request id.',
  );
}

/** A request that does not fit its schema: the first complaint, with the field it is about. */
export function validationError(error: z.ZodError, part?: string): ApiError {
  const issue = error.issues[0];
  const path = [
    ...(issue?.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys.slice(0, 1)] : (issue?.path ?? [])),
  ];
  const target = [part, ...path]
    .filter((step) => step !== undefined)
    .join('.')
    .slice(0, 200);
  const message = (issue?.message ?? 'The request does not fit.').slice(0, 500);
  return new ApiError(400, 'invalidRequest', message, { target });
}

function frameworkError({ status, message }: HTTPException): ApiError {
  if (status === 400) return new ApiError(400, 'malformedJson', 'The body is no valid JSON.');
  if (status === 415) {
    return new ApiError(415, 'unsupportedMediaType', 'Send the body as application/json.', { target: 'content-type' });
  }
  return status >= 500
    ? new ApiError(500, 'internal', 'Something failed on the server.')
    : new ApiError(status as 400, 'refused', message);
}

// Connection losses of pg and the codes PostgreSQL gives while it stops or starts (class 57P, 53300).
function isDatabaseAway(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  const { code = '' } = thrown as NodeJS.ErrnoException;
  return (
    ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P01', '57P02', '57P03', '53300'].includes(code) ||
    /Connection terminated|timeout exceeded when trying to connect/.test(thrown.message)
  );
}

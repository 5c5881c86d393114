import type { Context } from 'hono';
import { z } from 'zod';
import type { ApiError } from './api-error.ts';
import type { HttpEnv } from './http-env.ts';

const text = z.string();

/** The bodies of refusals as other products' APIs write them: Microsoft Graph, and Defender before it. */
export const errorShapes = {
  graph: z
    .strictObject({
      error: z.strictObject({
        code: text,
        message: text,
        innerError: z.strictObject({ date: text, 'request-id': text, 'client-request-id': text }),
      }),
    })
    .meta({ id: 'GraphError' }),
  defender: z
    .strictObject({ error: z.strictObject({ code: text, message: text, target: text }) })
    .meta({ id: 'DefenderError' }),
};
export type ErrorShape = keyof typeof errorShapes;

const graphCodes: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'InvalidAuthenticationToken',
  403: 'Forbidden',
  404: 'ResourceNotFound',
  413: 'RequestEntityTooLarge',
  415: 'UnsupportedMediaType',
  429: 'TooManyRequests',
  503: 'ServiceUnavailable',
};
const defenderCodes: Readonly<Record<number, string>> = {
  ...graphCodes,
  401: 'Unauthorized',
  404: 'NotFound',
};
const bodyCodes: ReadonlySet<string> = new Set(['invalidRequest', 'malformedJson']);

/** An error in another product's shape, with the code that its clients know. */
export function shapedError(c: Context<HttpEnv>, shape: ErrorShape, error: ApiError): object {
  const requestId = c.get('requestId');
  if (shape === 'defender') {
    const code = bodyCodes.has(error.code) ? 'InvalidRequestBody' : defenderCodes[error.status];
    return {
      error: { code: code ?? 'InternalServerError', message: error.message, target: error.target ?? requestId },
    };
  }
  const asked = c.req.header('client-request-id') ?? '';
  const innerError = {
    date: new Date().toISOString().slice(0, 19),
    'request-id': requestId,
    'client-request-id': /^[\w-]{1,64}$/.test(asked) ? asked : requestId,
  };
  return {
    error: { code: graphCodes[error.status] ?? 'InternalServerError', message: error.message, innerError },
  };
}

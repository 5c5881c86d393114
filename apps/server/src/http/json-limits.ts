import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { ApiError } from './api-error.ts';

/** Largest JSON body of all routes but intake, bytes. */
export const jsonBodyBytes = 1024 * 1024;

/** Refuses a JSON body above the limit before it is read whole. */
export const jsonLimit: MiddlewareHandler = bodyLimit({
  maxSize: jsonBodyBytes,
  onError: () => {
    throw new ApiError(413, 'bodyTooLarge', `The body is larger than the limit of ${jsonBodyBytes} bytes.`, {
      target: 'body',
    });
  },
});

import type { MiddlewareHandler } from 'hono';
import { ApiError } from './api-error.ts';

const hostile = new Set(['__proto__', 'constructor', 'prototype']);
const LONGEST_QUERY = 8192;

/**
 * Refuses query strings that are too long or name what every object inherits. Schemas refuse unknown names too, but
 * `__proto__` would be gone before a schema sees it.
 */
export const queryNames: MiddlewareHandler = async (c, next) => {
  const { search, searchParams } = new URL(c.req.url);
  if (search.length > LONGEST_QUERY) {
    throw new ApiError(414, 'queryTooLong', `The query is longer than the limit of ${LONGEST_QUERY} characters.`);
  }
  for (const name of searchParams.keys()) {
    if (hostile.has(name)) {
      throw new ApiError(400, 'invalidRequest', `Unrecognized key: "${name}"`, { target: `query.${name}` });
    }
  }
  await next();
};

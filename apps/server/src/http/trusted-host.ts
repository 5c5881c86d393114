import type { MiddlewareHandler } from 'hono';
import type { Settings } from '../settings.ts';
import { ApiError } from './api-error.ts';

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Refuses requests under a name that is not ours, so that a page of another site whose name was pointed at this
 * address (DNS rebinding) gets nothing. On loopback the names of loopback are ours, with a public URL that one; a server
 * that listens wider without a public URL cannot know its names.
 */
export function trustedHost({ host, publicUrl }: Pick<Settings, 'host' | 'publicUrl'>): MiddlewareHandler {
  const loopback = ['localhost', '127.0.0.1', '::1'].includes(host);
  return async (c, next) => {
    const name = hostName(c.req.header('host') ?? '');
    const known = loopbackNames.has(name) || name === publicUrl?.hostname;
    if ((loopback || publicUrl !== undefined) && !known) {
      throw new ApiError(
        421,
        'unknownHost',
        'This server does not answer under that name. See THROUGHLINE_PUBLIC_URL.',
        {
          target: 'host',
        },
      );
    }
    await next();
  };
}

function hostName(header: string): string {
  return header.toLowerCase().replace(/:\d+$/, '');
}

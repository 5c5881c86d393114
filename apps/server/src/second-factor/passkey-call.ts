import type { Context } from 'hono';
import type { Services } from '../api/services.ts';
import type { HttpEnv } from '../http/http-env.ts';

/** What passkeys and other factors need of a request. */
export type PasskeyCall = Pick<Services, 'db' | 'clock' | 'settings' | 'keys' | 'log'> & { c: Context<HttpEnv> };

import type { HttpBindings } from '@hono/node-server';
import type { Principal } from '@throughline/access';
import type { SessionMethod } from '@throughline/model';
import type { ErrorShape } from './error-shape.ts';

/** What the middleware puts on a request's context. */
export type HttpEnv = {
  Bindings: Partial<HttpBindings>;
  Variables: {
    requestId: string;
    /** The other end of the connection, noted at once: when a sender has gone, its socket no longer knows. */
    peerAddress: string | undefined;
    /** Who asks; nobody on public routes. */
    principal: Principal | undefined;
    session: SessionOfRequest | undefined;
    /** The shape of the route's refusals, where it is not ours. */
    errorShape: ErrorShape | undefined;
    /** Set when a token asks. */
    tokenId: number | undefined;
  };
};

/** The session a request came with, for the routes that end or renew it. */
export type SessionOfRequest = {
  secret: string;
  csrfToken: string;
  displayName: string;
  hasPassword: boolean;
  sessionId: number;
  method: SessionMethod;
  /** When its owner last showed who they are, ISO. */
  provedDateTime: string;
  /** It can do nothing but set up a second factor. */
  secondFactorRequired: boolean;
  /** It began with a break-glass account, while sign-in by password is off. */
  breakGlass: boolean;
};

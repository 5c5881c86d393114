import type { AllowList } from './allow-list.ts';
import type { Resolve } from './resolve-host.ts';

/** What is asked of another server. */
export type OutboundRequest = {
  url: string;
  /** GET when left out. */
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  headers?: Readonly<Record<string, string>>;
  body?: string | Uint8Array;
  /** Ends the request early. */
  signal?: AbortSignal;
};

/** What an outbound request may do. */
export type OutboundPolicy = {
  allow: AllowList;
  /** For the whole request with its redirects, ms; 10 seconds when left out. */
  timeoutMs?: number;
  /** Largest answer, bytes; 1 MiB when left out. */
  responseBytes?: number;
  /** Most redirects to follow; 3 when left out. */
  redirects?: number;
  /** Certificates (PEM) that are trusted instead of the system's. */
  ca?: string;
  /** Names to addresses; the operating system's resolver when left out. */
  resolve?: Resolve;
};

/** What another server answered. The body is not decompressed: none was asked for compressed. */
export type OutboundAnswer = {
  status: number;
  /** Lower-case names; repeated ones joined with ", ". */
  headers: Record<string, string>;
  body: Buffer;
  /** Where the last redirect led. */
  url: string;
};

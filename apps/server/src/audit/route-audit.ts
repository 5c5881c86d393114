import type { AuditAction, AuditActor, AuditTarget } from '@throughline/model';

type Maybe<T> = T | Promise<T>;

/**
 * What the audit log tells of a route, beside who may call it. Every route that changes something has one, and so have
 * reads of what only few may see.
 *
 * What commands note with `noteChange` is committed with the change; where they note nothing, one entry is written
 * before the answer is sent. Details are listed, never taken from the body as a whole: bodies hold passwords.
 */
export type RouteAudit<Call, Answer> = {
  action: AuditAction;
  /** The handler's commands open no transaction: it runs in one, with its entry. */
  atomic?: true;
  /** Too frequent for an entry each: told as a sum a minute. */
  summed?(answer: Answer): Record<string, number>;
  /** Who, where nobody is signed in. */
  actor?(call: Call): Maybe<AuditActor>;
  /** What it is done to; without this what the commands note. `answer` is undefined when it was refused. */
  target?(call: Call, answer: Answer | undefined): AuditTarget | null;
  /** What else there is to know. */
  details?(call: Call, answer: Answer | undefined): Record<string, unknown>;
};

/** Methods that change nothing. */
const reading: ReadonlySet<string> = new Set(['get', 'head', 'options']);

/** Refuses a route that changes something and does not say what the audit log tells of it. Throws Error. */
export function requireAudit({ method, path, audit }: { method: string; path: string; audit?: unknown }): void {
  if (audit !== undefined || reading.has(method)) return;
  throw new Error(`${method.toUpperCase()} ${path} changes something: declare its \`audit\`.`);
}

import { ApiError } from '../http/api-error.ts';

/** How many hunts may run at once: of one person, and of everybody. */
export const huntsAtOnce = { person: 4, all: 12 } as const;

const running = new Map<number, number>();

/**
 * Takes a place for a hunt of an account; the function returned gives it back. Undefined when the person, or the server,
 * runs as many as it may.
 */
function takePlace(accountId: number): (() => void) | undefined {
  const own = running.get(accountId) ?? 0;
  const all = [...running.values()].reduce((sum, each) => sum + each, 0);
  if (own >= huntsAtOnce.person || all >= huntsAtOnce.all) return undefined;
  running.set(accountId, own + 1);
  let taken = true;
  return () => {
    if (!taken) return;
    taken = false;
    const now = (running.get(accountId) ?? 1) - 1;
    if (now > 0) running.set(accountId, now);
    else running.delete(accountId);
  };
}

/**
 * Takes a place as `takePlace` does.
 *
 * @throws ApiError 429 when there is none.
 */
export function placeFor(accountId: number): () => void {
  const leave = takePlace(accountId);
  if (leave !== undefined) return leave;
  throw new ApiError(
    429,
    'tooManyHunts',
    `${huntsAtOnce.person} hunts of one person, and ${huntsAtOnce.all} of all, run at once. Wait for one to end, or cancel it.`,
    { retryAfterSeconds: 10 },
  );
}

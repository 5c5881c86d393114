/** A queue that lets `width` holders in at a time, first come, first served. */
export interface Lane {
  /** Resolves with the release function once there is room; rejects with `signal.reason` when aborted before. */
  enter(signal: AbortSignal): Promise<() => void>;
}

/** Creates a lane for `width` holders at a time. */
export function createLane(width: number): Lane {
  const waiting: Array<() => void> = [];
  let free = width;
  const leave = () => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };
  const release = () => {
    let held = true;
    return () => {
      if (held) leave();
      held = false;
    };
  };
  return {
    enter(signal) {
      if (signal.aborted) return Promise.reject(signal.reason);
      if (free > 0) {
        free -= 1;
        return Promise.resolve(release());
      }
      return new Promise((resolve, reject) => {
        const turn = () => {
          signal.removeEventListener('abort', giveUp);
          resolve(release());
        };
        const giveUp = () => {
          const at = waiting.indexOf(turn);
          if (at >= 0) waiting.splice(at, 1);
          reject(signal.reason);
        };
        waiting.push(turn);
        signal.addEventListener('abort', giveUp, { once: true });
      });
    },
  };
}

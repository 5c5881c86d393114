import { ApiError } from '../http/api-error.ts';

/** Room in memory for bodies that are being read. */
export type ByteRoom = {
  /** Runs `work` while it holds `bytes` of the room. Throws ApiError 503 when the room is full; one body always fits. */
  hold<T>(bytes: number, work: () => Promise<T>): Promise<T>;
};

/** Makes a room of `most` bytes for all requests of a server together. */
export function byteRoom(most: number): ByteRoom {
  let held = 0;
  return {
    async hold(bytes, work) {
      if (held > 0 && held + bytes > most) {
        throw new ApiError(503, 'busy', 'Other bodies are being read. Nothing of this one was taken; send it again.', {
          retryAfterSeconds: 1,
        });
      }
      held += bytes;
      try {
        return await work();
      } finally {
        held -= bytes;
      }
    },
  };
}

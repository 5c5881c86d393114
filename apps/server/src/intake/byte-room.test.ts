import { expect, test } from 'vitest';
import { byteRoom } from './byte-room.ts';

test('bodies share the room, one always fits, and room comes back however the work ends', async () => {
  const room = byteRoom(100);
  const ends: (() => void)[] = [];
  const hold = (bytes: number) => room.hold(bytes, () => new Promise<void>((resolve) => ends.push(resolve)));
  const held = [hold(60), hold(40)];
  await expect(hold(1)).rejects.toMatchObject({ status: 503, retryAfterSeconds: 1 });
  for (const end of ends.splice(0)) end();
  await Promise.all(held);
  await expect(room.hold(500, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  await expect(room.hold(100, async () => 'fits')).resolves.toBe('fits');
});

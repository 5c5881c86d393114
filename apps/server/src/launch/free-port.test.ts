import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { listenError, refuseTakenPort } from './free-port.ts';

test('a taken port is refused with its number and the option to change it', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await expect(refuseTakenPort('127.0.0.1', port)).rejects.toThrow(new RegExp(`Port ${port} .* taken .* --port`));
  server.close();
  await once(server, 'close');
  await refuseTakenPort('127.0.0.1', port);
});

test('an address that is not of this machine is refused with both options', async () => {
  await expect(refuseTakenPort('192.0.2.1', 0)).rejects.toThrow(/EADDRNOTAVAIL.* --host and --port/);
  expect(listenError('127.0.0.1', 80, 'EACCES').message).toContain('needs rights');
});

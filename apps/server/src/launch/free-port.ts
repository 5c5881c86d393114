import { createServer } from 'node:net';
import { LaunchError } from './launch-error.ts';

/**
 * Looks whether `host`:`port` can be listened on, before the slow steps of a start. Port 0 always can.
 *
 * @throws LaunchError naming the port and `--port`, or the host and `--host`.
 */
export async function refuseTakenPort(host: string, port: number): Promise<void> {
  const code = await new Promise<string | undefined>((resolve) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(undefined)));
  });
  if (code === undefined) return;
  throw listenError(host, port, code);
}

/** The error for a `listen` that failed with `code` (EADDRINUSE, EACCES, …). */
export function listenError(host: string, port: number, code: string): LaunchError {
  if (code === 'EADDRINUSE') {
    return new LaunchError(`Port ${port} on ${host} is taken by another program. Choose another with --port.`);
  }
  if (code === 'EACCES') {
    return new LaunchError(`Port ${port} on ${host} needs rights this user does not have. Choose another with --port.`);
  }
  return new LaunchError(`Cannot listen on ${host}, port ${port} (${code}). Choose other ones with --host and --port.`);
}

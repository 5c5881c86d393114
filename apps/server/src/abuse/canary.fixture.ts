import { createServer, type Socket } from 'node:net';

/** A listener that nobody may reach: it counts who did. */
export type Canary = { host: string; port: number; reached(): number; stop(): Promise<void> };

/** Listens on an address of this machine; `say` is what whoever connects is told. */
export async function startCanary(host = '127.0.0.1', say?: string): Promise<Canary> {
  let reached = 0;
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    reached++;
    open.add(socket.on('error', () => {}).on('close', () => open.delete(socket)));
    socket.once('data', () => socket.end(say ?? 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}'));
  });
  await new Promise<void>((done) => server.listen(0, host, done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    host,
    port: address.port,
    reached: () => reached,
    stop: () =>
      new Promise((done) => {
        for (const socket of open) socket.destroy();
        server.close(() => done());
      }),
  };
}

/** Ways to write addresses that are not public; those of this machine stand for the port that is given. */
export function hiddenHosts(): string[] {
  return [
    '127.0.0.1',
    'localhost',
    'LOCALHOST.',
    'ｌｏｃａｌｈｏｓｔ',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::127.0.0.1]',
    '[64:ff9b:1::7f00:1]',
    '[2002:7f00:1::1]',
    '2130706433',
    '0x7f000001',
    '0x7f.1',
    '017700000001',
    '0177.0.0.1',
    '127.1',
    '①②⑦.0.0.1',
    '0.0.0.0',
    '0',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.0.1',
    '100.64.0.1',
    '169.254.1.1',
    '169.254.169.254',
    '[::ffff:169.254.169.254]',
    '[64:ff9b::a9fe:a9fe]',
    '[2002:a9fe:a9fe::]',
    '[fd00:ec2::254]',
    '[fe80::1]',
    '224.0.0.1',
  ];
}

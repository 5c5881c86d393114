import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ParsedMail, simpleParser } from 'mailparser';
import { freePort } from './server-process.ts';

/** A mail as it lies in a mailbox: the whole file and what a mail program reads in it. */
export type Delivered = ParsedMail & { raw: string };

/** A Postfix of its own on loopback with a Maildir for everybody at example.com. */
export type Postfix = {
  port: number;
  /** The mails of `name`@example.com in the order in which they arrived. */
  mailbox(name: string): Promise<Delivered[]>;
  /** Recipients that were answered 450, in order. */
  greylisted: string[];
  stop(): Promise<void>;
};

/** Why no Postfix can be run here; undefined when it can. */
export function noPostfix(): string | undefined {
  if (process.getuid?.() !== 0) return 'Postfix starts as root only';
  try {
    execFileSync('/usr/sbin/postconf', ['-d', 'mail_version'], { stdio: 'pipe' });
    execFileSync('id', ['postfix'], { stdio: 'pipe' });
    return undefined;
  } catch {
    return 'the package postfix is not installed';
  }
}

/**
 * Starts one with its own configuration, queue and port; whatever Postfix the machine has stays as it is. Mail for
 * `greylist`@example.com is refused with 450 the first time.
 */
export async function startPostfix({ people, greylist }: { people: string[]; greylist: string }): Promise<Postfix> {
  const folder = await mkdtemp(join(tmpdir(), 'throughline-postfix-'));
  const [config, queue, data, boxes] = ['etc', 'queue', 'data', 'boxes'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
    string,
  ];
  for (const each of [config, queue, data, boxes]) await mkdir(each);
  // Its processes are other users, who have to get here.
  for (const each of [folder, config, queue]) await chmod(each, 0o755);
  const owner = execFileSync('id', ['-u', 'postfix'], { encoding: 'utf8' }).trim();
  const [nobody, group] = ['-u', '-g'].map((flag) => execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }).trim());
  execFileSync('chown', [owner, data]);
  execFileSync('chown', [nobody ?? '', boxes]);
  const port = await freePort();
  const greylisted: string[] = [];
  const policy = await greylisting(`${greylist}@example.com`, greylisted);
  const folders = [...people, greylist].map((name) => `${name}@example.com=${name}/`).join(', ');
  await writeFile(
    join(config, 'main.cf'),
    [
      'compatibility_level = 3.6',
      `queue_directory = ${queue}`,
      `data_directory = ${data}`,
      'myhostname = mail.example.com',
      'mydestination =',
      'mynetworks = 127.0.0.0/8',
      'inet_interfaces = 127.0.0.1',
      'inet_protocols = ipv4',
      'default_transport = error:mail leaves this machine nowhere',
      'relay_transport = error:mail leaves this machine nowhere',
      'smtputf8_enable = no',
      'smtpd_peername_lookup = no',
      'notify_classes =',
      'virtual_mailbox_domains = example.com',
      `virtual_mailbox_base = ${boxes}`,
      `virtual_mailbox_maps = inline:{${folders}}`,
      `virtual_uid_maps = static:${nobody}`,
      `virtual_gid_maps = static:${group}`,
      `smtpd_recipient_restrictions = check_policy_service inet:127.0.0.1:${policy.port}, permit_mynetworks, reject`,
    ].join('\n'),
  );
  await writeFile(join(config, 'master.cf'), services(port));
  const child = spawn('/usr/sbin/postfix', ['-c', config, 'start-fg'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  await listening(port, child, () => output);
  return {
    port,
    greylisted,
    mailbox: (name) => readMaildir(join(boxes, name, 'new')),
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
      await policy.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What of Postfix runs: SMTP on loopback, the queue, delivery into Maildirs. No client that would send mail onward. */
function services(port: number): string {
  return [
    `127.0.0.1:${port} inet n - n - - smtpd`,
    'cleanup unix n - n - 0 cleanup',
    'qmgr unix n - n 300 1 qmgr',
    'rewrite unix - - n - - trivial-rewrite',
    'bounce unix - - n - 0 discard',
    'defer unix - - n - 0 bounce',
    'trace unix - - n - 0 bounce',
    'error unix - - n - - error',
    'retry unix - - n - - error',
    'virtual unix - n n - - virtual',
    'anvil unix - - n - 1 anvil',
    'proxymap unix - - n - - proxymap',
    'flush unix n - n 1000? 0 flush',
    'showq unix n - n - - showq',
    'postlog unix-dgram n - n - 1 postlogd',
    '',
  ].join('\n');
}

/** Postfix asks it about each recipient (SMTPD_POLICY_README): the first time `address` is put off. */
async function greylisting(address: string, greylisted: string[]): Promise<{ port: number; stop(): Promise<void> }> {
  const server: Server = createServer((socket) => {
    let asked = '';
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      asked += chunk;
      for (let end = asked.indexOf('\n\n'); end >= 0; end = asked.indexOf('\n\n')) {
        const recipient = /^recipient=(.*)$/m.exec(asked.slice(0, end))?.[1] ?? '';
        asked = asked.slice(end + 2);
        const putOff = recipient === address && greylisted.length === 0;
        if (putOff) greylisted.push(recipient);
        socket.write(`action=${putOff ? '450 4.2.0 Greylisted, come again' : 'DUNNO'}\n\n`);
      }
    });
    sockets.add(socket);
  });
  const sockets = new Set<Socket>();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as { port: number }).port,
    stop: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function listening(port: number, child: ChildProcess, output: () => string): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (child.exitCode !== null) throw new Error(`Postfix ended with ${child.exitCode}:\n${output()}`);
    const greeted = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('data', () => socket.end('QUIT\r\n'));
      socket.once('close', (failed) => resolve(!failed));
      socket.on('error', () => resolve(false));
    });
    if (greeted) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  child.kill('SIGTERM');
  throw new Error(`Postfix does not answer:\n${output()}`);
}

async function readMaildir(folder: string): Promise<Delivered[]> {
  const names = await readdir(folder).catch(() => []);
  // A Maildir name begins with the second; microseconds follow "M".
  const arrived = (name: string) => Number(name.split('.')[0]) * 1e6 + Number(/M(\d+)/.exec(name)?.[1] ?? 0);
  const files = [...names].sort((a, b) => arrived(a) - arrived(b)).map((name) => join(folder, name));
  return Promise.all(
    files.map(async (file) => {
      const raw = await readFile(file, 'utf8');
      return Object.assign(await simpleParser(raw), { raw });
    }),
  );
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DATA_FORMAT, dataDirectoryPath, openDataDirectory } from './data-directory.ts';
import { LaunchError } from './launch-error.ts';
import { processIdentity } from './process-identity.ts';

const OPENER = fileURLToPath(new URL('./data-directory.fixture.ts', import.meta.url));
let path: string;

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'throughline-data-'));
});
afterEach(() => rm(path, { recursive: true, force: true }));

const open = (more = {}) => openDataDirectory({ path, version: '1.2.3', ...more });

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(LaunchError);
  return (error as LaunchError).message;
}

// Another process that opens the directory and holds it until it is killed.
async function otherServer() {
  const child = spawn(process.execPath, [OPENER, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return child;
}

test('the directory is .throughline below the root unless the environment says otherwise', () => {
  expect(dataDirectoryPath('/srv/app', {})).toBe('/srv/app/.throughline');
  expect(dataDirectoryPath('/srv/app', { THROUGHLINE_DATA_DIR: '' })).toBe('/srv/app/.throughline');
  expect(dataDirectoryPath('/srv/app', { THROUGHLINE_DATA_DIR: '/var/lib/x/' })).toBe('/var/lib/x');
});

test('it is made with its parents, leaves nothing but the version behind, and opens again', async () => {
  path = join(path, 'deep', 'er');
  const first = await open();
  await first.announce('http://127.0.0.1:1');
  await first.release();
  expect(await readdir(path)).toEqual(['version.json']);
  expect(JSON.parse(await readFile(join(path, 'version.json'), 'utf8'))).toEqual({ format: 1, version: '1.2.3' });
  await (await open()).release();
});

test('a second server is refused with process and address of the first', async () => {
  const other = await otherServer();
  const message = await refusal(open());
  expect(message).toContain(`process ${other.pid}, http://127.0.0.1:4321`);
  expect(message).toContain('THROUGHLINE_DATA_DIR');
  other.kill('SIGKILL');
  await once(other, 'exit');
});

test('the lock of a killed server is taken over', async () => {
  const other = await otherServer();
  other.kill('SIGKILL');
  await once(other, 'exit');
  const mine = await open();
  expect(JSON.parse(await readFile(join(path, 'server.lock'), 'utf8')).pid).toBe(process.pid);
  await mine.release();
});

test('a lock whose process id now belongs to another process is taken over', async () => {
  await writeFile(join(path, 'server.lock'), JSON.stringify({ pid: 1, identity: 'of an earlier boot' }));
  await (await open()).release();
});

test.each(['', 'not JSON', '{"pid":"x"}', '[]', 'null'])('a damaged lock %j is taken over', async (text) => {
  await writeFile(join(path, 'server.lock'), text);
  await (await open()).release();
});

test('of many that start at once on a stale lock exactly one gets it', async () => {
  await writeFile(join(path, 'server.lock'), JSON.stringify({ pid: 1, identity: 'stale' }));
  const children = Array.from({ length: 4 }, () =>
    spawn(process.execPath, [OPENER, path], { stdio: ['ignore', 'pipe', 'ignore'] }),
  );
  const outcomes = await Promise.all(
    children.map((child) =>
      Promise.race([once(child.stdout, 'data').then(() => 'held'), once(child, 'exit').then(() => 'refused')]),
    ),
  );
  for (const child of children) child.kill('SIGKILL');
  expect(outcomes.toSorted()).toEqual(['held', 'refused', 'refused', 'refused']);
});

test('a directory of a newer version is refused, naming both', async () => {
  await writeFile(join(path, 'version.json'), JSON.stringify({ format: DATA_FORMAT + 1, version: '9.0.0' }));
  const message = await refusal(open());
  expect(message).toContain('Throughline 9.0.0');
  expect(message).toContain('Throughline 1.2.3');
  await writeFile(join(path, 'version.json'), 'nonsense');
  expect(await refusal(open())).toContain('damaged');
});

test('a nearly full disk is refused with the number', async () => {
  expect(await refusal(open({ minFreeBytes: Number.MAX_SAFE_INTEGER }))).toMatch(/\d+ MB free, 256 MB needed/);
});

test('a path that cannot be written is refused', async () => {
  await writeFile(join(path, 'file'), '');
  expect(await refusal(open({ path: join(path, 'file', 'below') }))).toContain('cannot be written (ENOTDIR)');
});

test.skipIf(process.getuid?.() === 0)('a directory without the right to write is refused', async () => {
  await chmod(path, 0o500);
  expect(await refusal(open())).toContain('cannot be written (EACCES)');
});

test('a process is told from a later one of the same id', async () => {
  expect(await processIdentity(process.pid)).toBe(await processIdentity(process.pid));
  expect(await processIdentity(process.pid)).not.toBe(await processIdentity(process.ppid));
  expect(await processIdentity(2 ** 30)).toBeUndefined();
});

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const run = promisify(execFile);
let folder: string;
let env: NodeJS.ProcessEnv;
let server: ChildProcess;
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'throughline-serve-'));
  env = { PATH: process.env.PATH, THROUGHLINE_DATA_DIR: folder };
  server = spawn(process.execPath, [main, 'serve', '--port', '0'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  url = await new Promise((resolve, reject) => {
    let text = '';
    server.stderr?.on('data', (chunk) => {
      text += chunk;
      const found = /listens on (http:\S+)/.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
    server.once('exit', () => reject(new Error(`the server ended:\n${text}`)));
  });
});
afterAll(async () => {
  if (server?.exitCode === null) server.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

test('a real server on embedded engines: health, a token from the command line, intake, a clean end', async () => {
  const answer = await fetch(`${url}/api/health`);
  expect([answer.status, await answer.json()]).toMatchObject([
    200,
    { status: 'ready', engines: { postgres: { status: 'ready' }, clickhouse: { status: 'ready' } } },
  ]);

  const made = await run(process.execPath, [main, 'token', 'create', '--scope', 'intake,read', '--name', 'x'], { env });
  const authorization = `Bearer ${made.stdout.trim().split(/\s+/).at(-1)}`;
  const body =
    '{"timestamp":"2026-02-03T10:00:00.000000+0000","event_type":"alert","src_ip":"192.0.2.1","dest_ip":"192.0.2.2","proto":"TCP","alert":{"signature_id":1,"signature":"x","category":"y","severity":1}}';
  const sent = await fetch(`${url}/api/intake/auto`, { method: 'POST', headers: { authorization }, body });
  expect([sent.status, await sent.json()]).toMatchObject([202, { accepted: 1 }]);

  const second = await run(process.execPath, [main, 'serve', '--port', '0'], { env }).catch((error) => error);
  expect(second.code).toBe(1);
  expect(second.stderr).toContain(url);

  const from = performance.now();
  server.kill('SIGINT');
  const [code] = await once(server, 'exit');
  expect(code).toBe(0);
  expect(performance.now() - from).toBeLessThan(5000);
});

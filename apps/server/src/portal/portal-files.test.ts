import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { portalFiles } from './portal-files.ts';

let parent: string;
let folder: string;
let serve: (request: Request) => Promise<Response>;
const get = (path: string, headers = {}) => serve(new Request(`http://localhost${path}`, { headers }));

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'throughline-portal-'));
  folder = join(parent, 'dist');
  serve = portalFiles(folder);
});
afterAll(() => rm(parent, { recursive: true, force: true }));

test('before it is built it says how to build it', async () => {
  const answer = await get('/');
  expect([answer.status, await answer.text()]).toEqual([503, 'The portal is not built yet. Run: npm run build\n']);
});

test('once built: pages, assets for ever, nothing outside', async () => {
  await mkdir(join(folder, 'assets'), { recursive: true });
  await writeFile(join(folder, 'assets', 'index-abc.js'), 'x'.repeat(5000));
  await writeFile(join(folder, 'index.html'), '<p>portal</p>');
  await writeFile(join(parent, 'secret.txt'), 'secret');
  for (const path of ['/', '/incidents', '/incidents/7/summary']) {
    const page = await get(path);
    expect([page.status, await page.text(), page.headers.get('cache-control')]).toEqual([
      200,
      '<p>portal</p>',
      'no-cache',
    ]);
  }
  const asset = await get('/assets/index-abc.js', { 'accept-encoding': 'gzip, br' });
  expect(asset.headers.get('cache-control')).toContain('immutable');
  expect(asset.headers.get('content-encoding')).toBe('br');
  expect(brotliDecompressSync(Buffer.from(await asset.arrayBuffer())).toString()).toBe('x'.repeat(5000));
  for (const path of ['/../secret.txt', '/%2e%2e/secret.txt', '/assets/..%2f..%2fsecret.txt', '/assets/gone.js']) {
    expect((await get(path)).status).toBe(404);
  }
});

test('a new build is seen without a restart', async () => {
  await writeFile(join(folder, 'index.html'), '<p>newer</p>');
  await utimes(join(folder, 'index.html'), 9e8, 9e8);
  expect(await (await get('/')).text()).toBe('<p>newer</p>');
});

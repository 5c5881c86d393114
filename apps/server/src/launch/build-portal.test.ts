import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { portalState } from './build-portal.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'throughline-portal-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function put(path: string, at: number): Promise<void> {
  const file = join(root, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, 'x');
  for (let target = file; target !== root; target = dirname(target)) await utimes(target, at, at);
}

test('no portal, one never built, a fresh one, and ones older than a source', async () => {
  expect(await portalState(root)).toBe('absent');
  await put('apps/portal/index.html', 100);
  await put('apps/portal/src/main.tsx', 100);
  expect(await portalState(root)).toBe('stale');
  await put('apps/portal/dist/index.html', 200);
  expect(await portalState(root)).toBe('fresh');
  await put('apps/portal/src/deep/page.tsx', 300);
  expect(await portalState(root)).toBe('stale');
  await put('apps/portal/dist/index.html', 400);
  expect(await portalState(root)).toBe('fresh');
  await put('packages/model/src/alert.ts', 500);
  expect(await portalState(root)).toBe('stale');
});

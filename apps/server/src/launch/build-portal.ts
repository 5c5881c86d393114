import { execFile } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { LaunchError } from './launch-error.ts';

const run = promisify(execFile);
const SOURCES = ['src', 'public', 'index.html', 'vite.config.ts', 'package.json', '../../packages/model/src'];

/** Whether the built portal is there and no older than its sources, or there is no portal to build. */
export type PortalState = 'fresh' | 'stale' | 'absent';

/** Compares the built portal of `root` with its sources. */
export async function portalState(root: string): Promise<PortalState> {
  const portal = join(root, 'apps', 'portal');
  if ((await changedAt(join(portal, 'index.html'))) === 0) return 'absent';
  const built = await changedAt(join(portal, 'dist', 'index.html'));
  const sources = await Promise.all(SOURCES.map((name) => newestIn(join(portal, name))));
  return built >= Math.max(...sources) ? 'fresh' : 'stale';
}

/**
 * Builds the portal with Vite into `apps/portal/dist`.
 *
 * @throws LaunchError with Vite's last lines.
 */
export async function buildPortal(root: string): Promise<void> {
  const portal = join(root, 'apps', 'portal');
  const vite = join(
    dirname(createRequire(join(portal, 'package.json')).resolve('vite/package.json')),
    'bin',
    'vite.js',
  );
  try {
    await run(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: portal, maxBuffer: 64 * 1024 * 1024 });
  } catch (cause) {
    const { stdout = '', stderr = '' } = cause as { stdout?: string; stderr?: string };
    const lines = `${stdout}${stderr}`.trim().split('\n');
    const said = lines
      .filter((line) => !/^\s+at /.test(line))
      .slice(-20)
      .join('\n');
    throw new LaunchError(`The portal could not be built in ${portal}:\n${said || String(cause)}`, { cause });
  }
}

// Times in ms; 0 for what does not exist.
async function changedAt(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}

async function newestIn(path: string): Promise<number> {
  const entries = await readdir(path, { recursive: true }).catch(() => []);
  const times = await Promise.all([path, ...entries.map((entry) => join(path, entry))].map(changedAt));
  return Math.max(...times);
}

// What `npm run dev` runs: the server restarts when its code changes, the portal reloads in the browser by itself.
import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const portal = join(root, 'apps', 'portal');
const vite = join(dirname(createRequire(join(portal, 'package.json')).resolve('vite/package.json')), 'bin', 'vite.js');
// Where the portal's Vite configuration sends /api.
const port = '8844';
const watched = ['packages', 'apps/server/src', 'content'].map((folder) => `--watch-path=${join(root, folder)}`);

const children: ChildProcess[] = [
  start([...watched, '--watch-preserve-output', join(root, 'apps/server/src/main.ts'), 'start', '--port', port], root),
  start([vite, '--host', '127.0.0.1'], portal),
];
// Ctrl-C reaches both by the terminal; this process waits for them, so that the prompt comes back after their last line.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => endAll());

function start(args: string[], cwd: string): ChildProcess {
  const child = spawn(process.execPath, args, { cwd, stdio: 'inherit' });
  child.once('exit', (code) => {
    process.exitCode ??= code ?? 0;
    endAll();
  });
  return child;
}

function endAll(): void {
  for (const child of children) child.kill('SIGTERM');
}

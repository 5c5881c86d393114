// What `npm test` runs: every check of the tree, the portal's build, and all tests. The last line counts them.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureChromium } from './chromium.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);
const portal = join(root, 'apps', 'portal');
const args = process.argv.slice(2);
const env: NodeJS.ProcessEnv = { ...process.env };
if (args.includes('--slow')) env.THROUGHLINE_SLOW = '1';
const filters = args.filter((arg) => arg !== '--slow');

const counts = { passed: 0, failed: 0, skipped: 0 };

try {
  env.CHROMIUM_PATH = await ensureChromium(console.log);
} catch (error) {
  console.error((error as Error).message);
  counts.failed += 1;
}
await check('biome', [binOf('@biomejs/biome', 'bin/biome'), 'check', '.']);
await check('imports', [join(root, 'scripts', 'lint-imports.ts')]);
await check('types', [binOf('typescript', 'bin/tsc'), '-p', 'tsconfig.json']);
if (existsSync(join(portal, 'tsconfig.json'))) {
  await check('portal types', [binOf('typescript', 'bin/tsc'), '-p', join(portal, 'tsconfig.json')]);
}
if (existsSync(join(portal, 'index.html'))) {
  await check('portal build', [binOf('vite', 'bin/vite.js'), 'build', '--logLevel', 'warn'], portal);
}
await runVitest();

const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
console.log(`${counts.passed} passed, ${counts.failed} failed${skipped}`);
process.exitCode = counts.failed > 0 ? 1 : 0;

async function check(name: string, command: string[], cwd = root): Promise<void> {
  const began = Date.now();
  const passed = (await run(command, cwd)) === 0;
  counts[passed ? 'passed' : 'failed'] += 1;
  console.log(`${passed ? '✓' : '✗'} ${name} ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

async function runVitest(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'throughline-results-'));
  const results = join(folder, 'results.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
  const code = await run([binOf('vitest', 'vitest.mjs'), 'run', ...reporters, ...filters], root);
  const failedBefore = counts.failed;
  if (existsSync(results)) {
    const report = JSON.parse(readFileSync(results, 'utf8'));
    counts.passed += report.numPassedTests;
    counts.failed += report.numFailedTests;
    counts.skipped += report.numPendingTests + report.numTodoTests;
  }
  // A file that does not load, or an error outside a test, fails the run without failing a test.
  if (code !== 0 && counts.failed === failedBefore) counts.failed += 1;
  await rm(folder, { recursive: true, force: true });
}

function run(command: string[], cwd: string): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, command, { cwd, env, stdio: 'inherit' });
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

function binOf(name: string, path: string): string {
  return join(dirname(require.resolve(`${name}/package.json`)), path);
}

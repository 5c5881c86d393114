import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * Finds a Chromium for the browser tests, installing one when there is none: `CHROMIUM_PATH`, the usual names on the
 * PATH, Debian's package when this is root with apt-get, and at last the build that playwright-core downloads.
 *
 * @throws Error saying what was tried and what to do.
 */
export async function ensureChromium(say: (line: string) => void): Promise<string> {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (isProgram(named)) return named;
    throw new Error(`CHROMIUM_PATH is ${named}, which is not a program. Correct it or unset it.`);
  }
  const found = onPath(NAMES) ?? (await downloaded());
  if (found !== undefined) return found;
  const tried: string[] = [];
  if (process.getuid?.() === 0 && onPath(['apt-get']) !== undefined) {
    say('No Chromium found; installing the package chromium …');
    attempt(tried, 'apt-get', () => {
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
      execFileSync('apt-get', ['update', '-qq'], { stdio: 'pipe', env });
      const packages = ['chromium', 'fonts-liberation'];
      execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { stdio: 'pipe', env });
    });
    const installed = onPath(NAMES);
    if (installed !== undefined) return installed;
  }
  say('No Chromium found; downloading the one of playwright-core …');
  attempt(tried, 'playwright-core install', () => {
    const manifest = createRequire(import.meta.url).resolve('playwright-core/package.json');
    const cli = join(dirname(manifest), 'cli.js');
    execFileSync(process.execPath, [cli, 'install', 'chromium'], { stdio: 'pipe' });
  });
  const fetched = await downloaded();
  if (fetched !== undefined) return fetched;
  throw new Error(
    `No Chromium for the browser tests (tried ${tried.join('; ')}). ` +
      'Install one, for example with your package manager, or set CHROMIUM_PATH to its program.',
  );
}

async function downloaded(): Promise<string | undefined> {
  const { chromium } = await import('playwright-core');
  const path = chromium.executablePath();
  return path && isProgram(path) ? path : undefined;
}

function onPath(names: string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function attempt(tried: string[], name: string, work: () => void): void {
  try {
    work();
    tried.push(name);
  } catch (error) {
    const { stderr } = error as { stderr?: Buffer };
    const last = stderr?.toString().trim().split('\n').at(-1) ?? String(error);
    tried.push(`${name}: ${last}`);
  }
}

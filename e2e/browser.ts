import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { ensureChromium } from '../scripts/chromium.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const shots = fileURLToPath(new URL('./shots/', import.meta.url));

export const themes = ['light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** The two sizes every page is looked at in, CSS px. */
export const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;
export type Size = keyof typeof sizes;

/** A headless Chromium that talks to nobody but this machine. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await ensureChromium(console.log),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** What went wrong on a page without a test asking: script errors, console errors, requests to other hosts. */
export type Watch = { problems: string[] };

/** A fresh profile. Pages opened in it are watched; look at `watch.problems` at the end. */
export async function newContext(
  browser: Browser,
  url: string,
  options: { theme?: Theme; size?: Size; storageState?: Awaited<ReturnType<BrowserContext['storageState']>> } = {},
): Promise<{ context: BrowserContext; watch: Watch }> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: sizes[options.size ?? 'desk'],
    colorScheme: options.theme ?? 'light',
    reducedMotion: 'reduce',
    ...(options.storageState && { storageState: options.storageState }),
  });
  const watch: Watch = { problems: [] };
  context.on('page', (page) => {
    page.on('pageerror', (error) => watch.problems.push(`script error: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') watch.problems.push(`console: ${message.text()}`);
    });
    page.on('request', (request) => {
      const { hostname, protocol } = new URL(request.url());
      if (protocol.startsWith('http') && hostname !== '127.0.0.1') watch.problems.push(`request to ${hostname}`);
    });
  });
  return { context, watch };
}

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
type AxeResult = { violations: { id: string; nodes: { target: string[]; failureSummary?: string }[] }[] };

/** Violations of WCAG 2.2 A and AA on the page as it stands: "rule: target", empty when there is none. */
export async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate<AxeResult>(`axe.run(document, ${JSON.stringify({ runOnly: standards })})`);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
  );
}

/** Saves a picture to e2e/shots (not kept in the repository), for a person to look at. */
export async function photograph(page: Page, name: string): Promise<void> {
  await mkdir(shots, { recursive: true });
  await page.screenshot({ path: `${shots}${name}.png`, animations: 'disabled' });
}

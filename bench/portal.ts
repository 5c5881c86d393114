import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { newContext, openBrowser } from '../e2e/browser.ts';
import { freePort, startServer } from '../e2e/server-process.ts';
import { figure, median, printTable } from './table.ts';

const rounds = 7;

/** Bundle sizes as the browser fetched them (gzip −9), and time to interactive beside a blank React page, interleaved. */
export async function benchPortal(): Promise<void> {
  const server = await startServer({ verb: 'start' });
  const browser = await openBrowser();
  const blank = await serveBlank();
  try {
    const { context } = await newContext(browser, server.url);
    const page = await context.newPage();
    await page.goto(server.output().match(/http:\S+\/sign-in#\S+/)?.[0] ?? server.url);
    await page.waitForURL('**/incidents');
    await page.getByRole('button', { name: 'Load the demo attack' }).click();
    await page.getByRole('grid').getByRole('row').nth(1).waitFor({ timeout: 60_000 });
    const state = await context.storageState();
    const fetched = await fetchedBytes(browser, server.url, state);
    printTable('Portal: what /incidents fetches', ['kind', 'files', 'kB gz'], fetched);
    const times: Record<'blank' | 'queue', number[]> = { blank: [], queue: [] };
    for (let round = 0; round < rounds; round++) {
      times.blank.push(await timeTo(browser, blank.url, state, (p) => p.getByText('ready').waitFor()));
      times.queue.push(
        await timeTo(browser, `${server.url}/incidents`, state, (p) =>
          p.getByRole('grid').getByRole('row').nth(1).waitFor(),
        ),
      );
    }
    const [a, b] = [median(times.blank), median(times.queue)];
    printTable(
      `Portal: time to interactive, cold cache, median of ${rounds}`,
      ['page', 'ms', '× blank'],
      [
        ['blank React page', figure(a), '1.0'],
        ['incident queue with rows', figure(b), figure(b / a, 1)],
      ],
    );
  } finally {
    await browser.close();
    await blank.close();
    await server.stop();
  }
}

type State = Parameters<typeof newContext>[2] extends infer O | undefined
  ? O extends { storageState?: infer S }
    ? S
    : never
  : never;

async function timeTo(
  browser: Browser,
  url: string,
  storageState: State,
  ready: (page: Page) => Promise<void>,
): Promise<number> {
  const { context } = await newContext(browser, new URL(url).origin, { ...(storageState && { storageState }) });
  const page = await context.newPage();
  const started = performance.now();
  await page.goto(url, { waitUntil: 'commit' });
  await ready(page);
  const took = performance.now() - started;
  await context.close();
  return took;
}

async function fetchedBytes(browser: Browser, url: string, storageState: State): Promise<string[][]> {
  const { context } = await newContext(browser, url, { ...(storageState && { storageState }) });
  const page = await context.newPage();
  const sums = new Map<string, { files: number; bytes: number }>();
  const bodies: Promise<void>[] = [];
  page.on('response', (response) => {
    const kind = extname(new URL(response.url()).pathname);
    if (kind !== '.js' && kind !== '.css') return;
    bodies.push(
      response.body().then((body) => {
        const sum = sums.get(kind) ?? { files: 0, bytes: 0 };
        sums.set(kind, { files: sum.files + 1, bytes: sum.bytes + gzipSync(body, { level: 9 }).length });
      }),
    );
  });
  await page.goto(`${url}/incidents`);
  await page.getByRole('grid').getByRole('row').nth(1).waitFor();
  await Promise.all(bodies);
  await context.close();
  return [...sums].map(([kind, { files, bytes }]) => [kind, String(files), figure(bytes / 1000, 1)]);
}

async function serveBlank(): Promise<{ url: string; close(): Promise<void> }> {
  const out = await mkdtemp(join(tmpdir(), 'blank-'));
  await build({
    root: fileURLToPath(new URL('./blank/', import.meta.url)),
    base: './',
    logLevel: 'error',
    build: { outDir: out, emptyOutDir: true },
  });
  const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' };
  const server = createServer(async (request, response) => {
    const path = request.url === '/' ? '/index.html' : (request.url ?? '/index.html');
    const body = await readFile(join(out, path)).catch(() => null);
    response.writeHead(body ? 200 : 404, { 'content-type': types[extname(path)] ?? 'application/octet-stream' });
    response.end(body);
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${port}/`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await rm(out, { recursive: true, force: true });
    },
  };
}

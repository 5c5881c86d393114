import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createShutdown } from './shutdown.ts';

const FIXTURE = fileURLToPath(new URL('./shutdown.fixture.ts', import.meta.url));

test('hooks run one after another, the last added first, once, and past one that throws', async () => {
  const [order, warnings]: [string[], string[]] = [[], []];
  const shutdown = createShutdown({ warn: (message) => warnings.push(message) });
  shutdown.onStop({ name: 'engines', stop: () => void order.push('engines') });
  shutdown.onStop({
    name: 'pipeline',
    stop: () => {
      order.push('pipeline');
      throw new Error('stuck');
    },
  });
  shutdown.onStop({
    name: 'http',
    stop: async () => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      order.push('http');
    },
  });
  expect(await Promise.all([shutdown.stop(), shutdown.stop()])).toEqual([true, true]);
  expect(order).toEqual(['http', 'pipeline', 'engines']);
  expect(warnings).toEqual(['pipeline did not stop cleanly: stuck']);
});

test('what takes too long is named and left', async () => {
  const warnings: string[] = [];
  const shutdown = createShutdown({ limitMs: 30, warn: (message) => warnings.push(message) });
  shutdown.onStop({ name: 'http', stop: () => new Promise(() => {}) });
  expect(await shutdown.stop()).toBe(false);
  expect(warnings[0]).toContain('(at: http)');
});

describe('signals', () => {
  async function run(mode: string, ...signals: NodeJS.Signals[]) {
    const child = spawn(process.execPath, [FIXTURE, mode], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
    });
    await once(child.stdout, 'data');
    for (const signal of signals) {
      child.kill(signal);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    if (child.exitCode === null) await once(child, 'exit');
    return { code: child.exitCode, said };
  }

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s stops in order', async (signal) => {
    expect(await run('quick', signal)).toEqual({ code: 0, said: 'up\nstopped\n' });
  });

  test('a second Ctrl-C does not wait', async () => {
    expect(await run('stuck', 'SIGINT', 'SIGINT')).toEqual({ code: 130, said: 'up\n' });
  });
});

import { defineConfig } from 'vitest/config';

const slow = process.env['THROUGHLINE_SLOW'] === '1';

export default defineConfig({
  test: {
    include: [
      'packages/**/*.test.ts',
      'apps/server/**/*.test.ts',
      'apps/portal/src/**/*.test.ts',
      'e2e/**/*.test.ts',
      'content/**/*.test.ts',
      ...(slow ? ['**/*.slow.ts'] : []),
    ],
    exclude: ['**/node_modules/**', '**/dist/**'],
    globalSetup: ['./scripts/test-engines.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    pool: 'forks',
  },
});

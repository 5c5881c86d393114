import { demoExpectation } from '@throughline/content/demo';
import type { Ledger } from '@throughline/model';
import type { Page } from 'playwright-core';
import { expect, vi } from 'vitest';

/** Waits until the demo is taken in whole: its alerts, its logs, and what our own detections say of these. */
export async function demoSettled(page: Page): Promise<void> {
  await vi.waitFor(
    async () => {
      const { sources } = (await (await page.request.get('/api/ledger')).json()) as Ledger;
      const pending = sources.reduce((sum, source) => sum + source.pending, 0);
      const detections = sources.find(({ source }) => source === 'throughlineDetection')?.stored;
      expect({ pending, detections }).toEqual({ pending: 0, detections: demoExpectation.detectionAlerts });
    },
    { timeout: 45_000, interval: 250 },
  );
}

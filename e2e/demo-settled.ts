import { demoExpectation } from '@throughline/content/demo';
import type { Ledger } from '@throughline/model';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Waits until the demo is taken in whole: its alerts, its logs, and what our own detections say of these. */
export async function demoSettled(page: Page): Promise<void> {
  const settled = async () => {
    const { sources } = (await (await page.request.get('/api/ledger')).json()) as Ledger;
    return {
      pending: sources.reduce((sum, { pending }) => sum + pending, 0),
      detections: sources.find(({ source }) => source === 'throughlineDetection')?.stored,
    };
  };
  await expect.poll(settled, { timeout: 45_000 }).toEqual({ pending: 0, detections: demoExpectation.detectionAlerts });
}

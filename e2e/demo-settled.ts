import { demoExpectation } from '@throughline/content/demo';
import type { Ledger } from '@throughline/model';
import { expect } from 'vitest';

/** Waits until the demo is taken in whole: its alerts, its logs, and what our own detections say of these. */
export async function demoSettled(ledger: () => Promise<Ledger>): Promise<void> {
  const settled = async () => {
    const { sources } = await ledger();
    return {
      pending: sources.reduce((sum, { pending }) => sum + pending, 0),
      detections: sources.find(({ source }) => source === 'throughlineDetection')?.stored,
    };
  };
  await expect.poll(settled, { timeout: 45_000 }).toEqual({ pending: 0, detections: demoExpectation.detectionAlerts });
}

import { defaultConfig } from '@throughline/correlate';
import type { MeasuredHubs } from '@throughline/model';
import { type Db, measureHubs, readCorrelationSettings } from '@throughline/store';
import { chosenConfig } from '../pipeline/settings-in-force.ts';

const hourMs = 3_600_000;
/** Enough to see what is everywhere, few enough to answer at once. */
const mostAlerts = 20_000;

/** What many assets share, by the tenant's own numbers. */
export async function hubsOf(db: Db, tenantId: string, now: Date): Promise<MeasuredHubs> {
  const { choices } = await readCorrelationSettings(db, tenantId);
  const { free, cap, window } = chosenConfig(defaultConfig, choices).hub;
  const since = new Date(now.getTime() - window).toISOString();
  const measured = await measureHubs(db, tenantId, { since, free, cap, mostAlerts });
  return { ...measured, windowHours: window / hourMs, free, cap };
}

import type { SourceClock } from '@throughline/model';
import { clockOffset } from '@throughline/notify';
import { clockConditions, type Db, deviceLags, sourceLags } from '@throughline/store';

/** The clocks of a tenant's sources as the arrival of their newest alerts tells, in alphabetical order. */
export async function readClocks(db: Db, tenantId: string): Promise<SourceClock[]> {
  const [lags, devices, since] = await Promise.all([
    sourceLags(db, tenantId),
    deviceLags(db, tenantId),
    clockConditions(db, tenantId),
  ]);
  return [...lags]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([source, lag]) => ({
      source,
      ...lag,
      offsetMs: clockOffset(lag),
      sinceDateTime: since.get(source) ?? null,
      devices: devices.filter((device) => device.source === source).map(({ source: _, ...device }) => device),
    }));
}

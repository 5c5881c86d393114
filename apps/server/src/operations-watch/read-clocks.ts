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
    .map(([source, lag]) => {
      const offsetMs = clockOffset(lag);
      // Where arrival tells nothing of the source, it tells nothing of its devices.
      const own = offsetMs === null ? [] : devices.filter((device) => device.source === source);
      return {
        source,
        ...lag,
        offsetMs,
        sinceDateTime: since.get(source) ?? null,
        devices: own.map(({ source: _, ...device }) => device),
      };
    });
}

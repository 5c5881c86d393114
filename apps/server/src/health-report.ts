import type { Health } from '@throughline/model';
import type { EngineReport, Engines } from '@throughline/store/engine';

type EngineHealth = Health['engines'][string];

/** What `healthReport` takes. */
export type HealthSources = {
  version: string;
  engines: Pick<Engines, 'health'>;
  /** Whether the pipeline has read its state and works. */
  started: () => boolean;
  /** Reaches an external engine; rejects when it is away. */
  probes: Record<'postgres' | 'clickhouse', () => Promise<unknown>>;
  clock: () => Date;
};

const PROBE_MS = 2000;

/** Makes the health report: embedded engines say themselves how they are, external ones are asked. */
export function healthReport(sources: HealthSources): () => Promise<Health> {
  const { version, engines, started, clock } = sources;
  const since: Record<string, { status: EngineHealth['status']; at: string }> = {};
  const external = async (name: 'postgres' | 'clickhouse'): Promise<EngineHealth> => {
    const lastError = await withinTime(sources.probes[name]()).then(() => null, errorText);
    const status = lastError === null ? 'ready' : 'failed';
    if (since[name]?.status !== status) since[name] = { status, at: clock().toISOString() };
    return { status, restarts: 0, since: since[name].at, lastError };
  };
  const one = async (name: 'postgres' | 'clickhouse', report: EngineReport): Promise<EngineHealth> => {
    if (report.kind === 'external') return external(name);
    return {
      status: report.status,
      restarts: report.restarts,
      since: report.since,
      lastError: report.lastError ?? null,
    };
  };
  return async () => {
    const { postgres, clickhouse } = engines.health();
    const [state, events] = await Promise.all([one('postgres', postgres), one('clickhouse', clickhouse)]);
    const ready = state.status === 'ready' && events.status === 'ready';
    return {
      status: !started() ? 'starting' : ready ? 'ready' : 'degraded',
      version,
      engines: { postgres: state, clickhouse: events },
    };
  };
}

function withinTime(probe: Promise<unknown>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PROBE_MS / 1000} s`)), PROBE_MS);
  });
  return Promise.race([probe, late]).finally(() => clearTimeout(timer));
}

// Addresses and credentials may be in an error's words; the first line says enough.
function errorText(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code ?? (message ?? String(error)).split('\n')[0]?.slice(0, 200) ?? 'unknown';
}

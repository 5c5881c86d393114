import { Correlator, defaultConfig } from '@throughline/correlate';
import { figure, printTable } from '../table.ts';
import { type Planted, planted } from './planted.ts';

const chunk = 1_000;

type Cost = {
  alerts: number;
  micros: number;
  lastTenth: number;
  parse: number;
  bytes: number;
  purity: number;
  recall: number;
  largest: number;
  incidents: number;
};

/** What correlation costs in CPU and memory, at growing streams with planted campaigns, and what it makes of them. */
export function benchCorrelationCost(sizes: readonly number[] = [10_000, 100_000, 1_000_000]): void {
  const rows = sizes.map((size) => {
    const cost = measureCost(size);
    return [
      figure(size),
      figure(cost.micros, 1),
      figure(cost.lastTenth, 1),
      figure(cost.micros / cost.parse, 1),
      figure(cost.bytes),
      figure(cost.purity, 3),
      figure(cost.recall, 3),
      figure(cost.largest),
      figure(cost.incidents),
    ];
  });
  printTable(
    'Correlation cost (CPU time; planted campaigns among hubs)',
    ['alerts', 'µs/alert', 'last 10 %, µs', '× JSON.parse', 'bytes/alert', 'purity', 'recall', 'largest', 'incidents'],
    rows,
  );
}

/** Decides `size` planted alerts; the stream is made in chunks outside the measured time. */
export function measureCost(size: number): Cost {
  const before = heap();
  const correlator = new Correlator(defaultConfig);
  const campaigns: (number | null)[] = [];
  let [total, last, parse, parsed] = [0, 0, 0, 0];
  for (const alerts of chunks(planted(size))) {
    const from = process.cpuUsage().user;
    for (const { observation } of alerts) correlator.decide(observation);
    const spent = process.cpuUsage().user - from;
    total += spent;
    if (campaigns.length >= size * 0.9) last += spent;
    if (parsed < 50_000) {
      parse += parseCost(alerts);
      parsed += alerts.length;
    }
    for (const { campaign } of alerts) campaigns.push(campaign);
  }
  const bytes = (heap() - before) / size;
  const rest = { micros: total / size, lastTenth: last / (size * 0.1), parse: parse / parsed, bytes };
  return { alerts: size, ...rest, ...quality(correlator, campaigns) };
}

/** Microseconds of CPU to parse the alerts as Graph JSON, for scale. */
function parseCost(alerts: readonly Planted[]): number {
  const lines = alerts.map(({ observation: o }) =>
    JSON.stringify({
      id: o.alertId,
      title: o.title,
      severity: o.severity,
      detectorId: o.detector,
      serviceSource: o.serviceSource,
      createdDateTime: new Date(o.time).toISOString(),
      firstActivityDateTime: new Date(o.time).toISOString(),
      lastActivityDateTime: new Date(o.lastTime).toISOString(),
      evidence: o.entities.map((e) => ({
        '@odata.type': `#microsoft.graph.security.${e.kind}Evidence`,
        createdDateTime: new Date(o.time).toISOString(),
        verdict: 'unknown',
        remediationStatus: 'none',
        roles: e.roles,
        name: e.name,
      })),
    }),
  );
  const from = process.cpuUsage().user;
  for (const line of lines) JSON.parse(line);
  return process.cpuUsage().user - from;
}

/** Purity: share of campaign alerts whose incident is mostly their campaign's. Recall: share in their campaign's largest incident. */
function quality(correlator: Correlator, campaigns: readonly (number | null)[]) {
  const sizes = new Map<number, number>();
  const cells = new Map<number, Map<number, number>>();
  campaigns.forEach((campaign, n) => {
    const incident = correlator.incidentOf(`al-${n.toString(36).padStart(12, '0')}`) ?? -1;
    sizes.set(incident, (sizes.get(incident) ?? 0) + 1);
    if (campaign === null) return;
    const row = cells.get(campaign) ?? new Map<number, number>();
    cells.set(campaign, row);
    row.set(incident, (row.get(incident) ?? 0) + 1);
  });
  let [all, pure, main] = [0, 0, 0];
  for (const row of cells.values()) {
    main += Math.max(...row.values());
    for (const [incident, alerts] of row) {
      all += alerts;
      pure += (alerts * alerts) / (sizes.get(incident) ?? 1);
    }
  }
  const largest = [...sizes.values()].reduce((most, size) => Math.max(most, size), 0);
  return { purity: pure / all, recall: main / all, largest, incidents: sizes.size };
}

function* chunks(stream: Iterable<Planted>): Iterable<Planted[]> {
  let alerts: Planted[] = [];
  for (const alert of stream) {
    alerts.push(alert);
    if (alerts.length < chunk) continue;
    yield alerts;
    alerts = [];
  }
  if (alerts.length > 0) yield alerts;
}

/** Bytes on the heap after a collection, when node runs with --expose-gc; before it otherwise. */
function heap(): number {
  (globalThis as { gc?: () => void }).gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

if (import.meta.main) benchCorrelationCost();

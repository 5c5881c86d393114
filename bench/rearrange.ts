import type { AlertPage, RearrangementResult } from '@throughline/model';
import { type BenchServer, call, settled, withServer } from './bench-server.ts';
import { figure, percentile, printTable } from './table.ts';

const why = { reason: 'other' as const };
const mostMoved = 1_000;

/**
 * Split, merge, move and undo of an incident of `size` alerts, through the API of a real server, `rounds` times each:
 * from the request to the answer, which comes when the writer has committed.
 */
export async function benchRearrange(size = 500, rounds = 100): Promise<void> {
  await withServer(async (bench) => {
    await call(bench, '/api/intake/graph', [...alertsOn('a', size, 0), ...alertsOn('b', 20, 30)]);
    await settled(bench);
    const big = await gathered(bench, 'a', size);
    const small = await gathered(bench, 'b', 20);
    const half = (await alertsOf(bench, big)).slice(0, Math.floor(size / 2));
    const times: Record<string, number[]> = { split: [], merge: [], move: [], undo: [] };
    const timed = async (name: string, path: string, body: unknown): Promise<RearrangementResult> => {
      const started = performance.now();
      const answer = await call<RearrangementResult>(bench, path, body);
      times[name]?.push(performance.now() - started);
      return answer;
    };
    for (let round = 0; round < rounds; round++) {
      const part = await timed('split', '/api/alerts/move', { alertIds: half, into: null, ...why });
      await timed('merge', '/api/incidents/merge', { incidentIds: [part.incidentId, big], into: big, ...why });
      const moved = await timed('move', '/api/alerts/move', { alertIds: half, into: small, ...why });
      await timed('undo', `/api/rearrangements/${moved.rearrangementIds[0]}/undo`, {});
    }
    printTable(
      `Rearranging an incident of ${figure(size)} alerts, ${figure(rounds)} times each, ms`,
      ['', 'p50', 'p99', 'worst'],
      Object.entries(times).map(([name, list]) => [
        `${name}${name === 'merge' ? ` (${figure(half.length)} into ${figure(size - half.length)})` : ` (${figure(half.length)} alerts)`}`,
        figure(percentile(list, 0.5), 1),
        figure(percentile(list, 0.99), 1),
        figure(Math.max(...list), 1),
      ]),
    );
  });
}

/** The one incident that holds all alerts of a device, however correlation had grouped them. */
async function gathered(bench: BenchServer, device: string, size: number): Promise<number> {
  const places = new Map<number, string[]>();
  for (const { id, incidentId } of await listed(bench, `q=${device}-bench`)) {
    places.set(incidentId, [...(places.get(incidentId) ?? []), id]);
  }
  const [first, ...others] = [...places].sort(([, a], [, b]) => b.length - a.length);
  if (first === undefined) throw new Error(`no alerts of ${device}`);
  for (const [, alertIds] of others) {
    for (let from = 0; from < alertIds.length; from += mostMoved) {
      const some = alertIds.slice(from, from + mostMoved);
      await call(bench, '/api/alerts/move', { alertIds: some, into: first[0], ...why });
    }
  }
  const held = await alertsOf(bench, first[0]);
  if (held.length !== size) throw new Error(`incident ${first[0]} has ${held.length} alerts, not ${size}`);
  return first[0];
}

async function alertsOf(bench: BenchServer, incident: number): Promise<string[]> {
  return (await listed(bench, `incident=${incident}`)).map(({ id }) => id);
}

async function listed(bench: BenchServer, filter: string): Promise<AlertPage['items']> {
  const items: AlertPage['items'] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query: string = cursor === '' ? filter : `${filter}&cursor=${encodeURIComponent(cursor)}`;
    const page: AlertPage = await call<AlertPage>(bench, `/api/alerts?limit=200&sort=created&dir=asc&${query}`);
    items.push(...page.items);
    cursor = page.next;
  }
  return items;
}

/** Different alerts of one device, a second apart, so many days after the first ones that others are far. */
function alertsOn(device: string, count: number, days: number): object[] {
  return Array.from({ length: count }, (_, n) => {
    const at = new Date(Date.UTC(2026, 0, 5 + days) + n * 1_000).toISOString();
    return {
      id: `${device}-bench-${n}`,
      providerAlertId: `${device}-bench-${n}`,
      title: `${device}-bench finding ${n}`,
      severity: 'medium',
      status: 'new',
      category: 'Execution',
      serviceSource: 'microsoftDefenderForEndpoint',
      detectionSource: 'microsoftDefenderForEndpoint',
      detectorId: `${device}-detector-${n % 40}`,
      createdDateTime: at,
      firstActivityDateTime: at,
      lastActivityDateTime: at,
      lastUpdateDateTime: at,
      evidence: [
        {
          '@odata.type': '#microsoft.graph.security.deviceEvidence',
          createdDateTime: at,
          deviceDnsName: `${device}-bench.corp.example`,
        },
      ],
    };
  });
}

import { type IncidentListQuery, incidentListQuery } from '@throughline/model';
import {
  connect,
  type Db,
  incidentFacets,
  incidentSummary,
  listIncidents,
  migrate,
  seedQueue,
} from '@throughline/store';
import { sql } from 'kysely';
import { figure, printTable } from './table.ts';

const tenant = 'default';
const viewer = { tenantId: tenant, userName: 'analyst3', groups: null, sources: null };
const now = new Date('2026-11-24T12:00:00Z');
const week = '2026-11-17T12:00:00Z';
const open = { status: ['active', 'inProgress'], severity: ['high', 'medium', 'low'] };

/** What is asked, each with its exact count: the queue as people use it. */
const questions: Record<string, Record<string, unknown>> = {
  'first page, no filter': {},
  'first page, open of one week': { ...open, from: week },
  'open, all time': open,
  'open, by priority': { ...open, sort: 'priority' },
  'mine, open': { ...open, assignee: 'me' },
  'mine or of my groups, open': { ...open, assignee: ['me', 'my-groups'] },
  'one device group': { deviceGroup: '0' },
  'one service source': { serviceSource: 'wazuh' },
  'one service source, open of one week': { ...open, from: week, serviceSource: 'wazuh' },
  'one threat': { threat: 'threat 77' },
  'one asset': { entity: 'host-21.example.com' },
  'search by id': { q: '#421', kind: 'all' },
  'search by name, rare': { q: 'ransomware on HOST-17' },
  'search by name, common': { q: 'phishing' },
  'search by asset': { q: 'host-42.exa' },
};

/**
 * Times of the queue's pages at each size, one question at a time on a warm cache, in a database of its own on the server
 * of `databaseUrl` that is removed afterwards. Seeding a million incidents takes about two minutes.
 */
export async function benchQueue(databaseUrl: string, sizes: readonly number[] = [1_000, 100_000, 1_000_000]) {
  for (const size of sizes) {
    await inDatabase(databaseUrl, `bench_queue_${size}`, async (db) => {
      await seedQueue(db, { tenantId: tenant, incidents: size, now });
      const rows = [];
      for (const [name, query] of Object.entries(questions)) rows.push(await measure(db, name, query));
      rows.push(await time('numbers above the queue', 20, async () => (await incidentSummary(db, viewer)).open));
      const filter = incidentListQuery.parse({ ...open, from: week });
      rows.push(
        await time('filter menus, open of one week', 10, async () => {
          await incidentFacets(db, viewer, filter);
          return null;
        }),
      );
      printTable(
        `Queue of ${figure(size)} incidents: page of 50 with exact count`,
        ['question', 'matching', 'median ms', 'p99 ms'],
        rows,
      );
    });
  }
}

function measure(db: Db, name: string, query: Record<string, unknown>): Promise<string[]> {
  const parsed: IncidentListQuery = incidentListQuery.parse(query);
  return time(name, 20, async () => (await listIncidents(db, viewer, parsed)).total);
}

/** Asks once to warm up, then `runs` times. Returns name, answer, median and 99th percentile in ms. */
export async function time(name: string, runs: number, ask: () => Promise<number | null>): Promise<string[]> {
  const total = await ask();
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const started = performance.now();
    await ask();
    times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => figure(times[Math.min(runs - 1, Math.floor(share * runs))] ?? 0, 1);
  return [name, total === null ? '' : figure(total), at(0.5), at(0.99)];
}

/** Runs `work` in a migrated database of its own, gone afterwards. */
export async function inDatabase(databaseUrl: string, name: string, work: (db: Db) => Promise<void>): Promise<void> {
  const server = connect(databaseUrl, { max: 1, log: console, use: 'migrate' });
  const url = new URL(databaseUrl);
  url.pathname = `/${name}`;
  try {
    await sql`drop database if exists ${sql.id(name)} with (force)`.execute(server);
    await sql`create database ${sql.id(name)}`.execute(server);
    await migrate(url.toString());
    const db = connect(url.toString(), { max: 4, log: console, use: 'pipeline' });
    try {
      await work(db);
    } finally {
      await db.destroy();
    }
  } finally {
    await sql`drop database if exists ${sql.id(name)} with (force)`.execute(server);
    await server.destroy();
  }
}

import { alertListQuery, incidentFilter, incidentListQuery } from '@throughline/model';
import {
  type Db,
  incidentFacets,
  incidentSummary,
  incidentTimeline,
  listAlerts,
  listIncidents,
  seedQueue,
  type Viewer,
} from '@throughline/store';
import { sql } from 'kysely';
import { inDatabase, time } from './queue.ts';
import { figure, printTable } from './table.ts';

const tenant = 'default';
const now = new Date('2026-11-24T12:00:00Z');

/** Shares of the incidents that a viewer sees, with the device group that is on so many, or the source. */
const viewers: Record<string, Pick<Viewer, 'groups' | 'sources'>> = {
  everything: { groups: null, sources: null },
  'a half': { groups: [2], sources: null },
  'one in ten': { groups: [10], sources: null },
  'one in a hundred': { groups: [100], sources: null },
  'one in a thousand': { groups: [1000], sources: null },
  'one source of three': { groups: null, sources: { mode: 'selected', sources: ['edr'] } },
  'all but one source': { groups: null, sources: { mode: 'allExcept', sources: ['edr'] } },
  'one source, one in ten': { groups: [10], sources: { mode: 'selected', sources: ['edr'] } },
};

/** Times of the queue's pages for people with device groups, beside one without, at 100,000 incidents and as many alerts. */
export async function benchScope(databaseUrl: string, incidents = 100_000): Promise<void> {
  await inDatabase(databaseUrl, 'bench_scope', async (db) => {
    await seedQueue(db, { tenantId: tenant, incidents, now });
    await seedGroups(db);
    const rows = [];
    for (const [name, scope] of Object.entries(viewers)) {
      const viewer: Viewer = { tenantId: tenant, userName: 'analyst3', ...scope };
      const ask = (query: object) => async () =>
        (await listIncidents(db, viewer, incidentListQuery.parse(query))).total;
      rows.push(await time(`${name}: first page`, 20, ask({})));
      rows.push(await time(`${name}: open, by priority`, 20, ask({ status: ['active'], sort: 'priority' })));
      rows.push(await time(`${name}: numbers above`, 20, async () => (await incidentSummary(db, viewer)).open));
      rows.push(
        await time(`${name}: last day`, 20, async () => (await incidentTimeline(db, viewer, now)).buckets.length),
      );
      const alerts = alertListQuery.parse({});
      rows.push(await time(`${name}: alerts`, 20, async () => (await listAlerts(db, viewer, alerts, () => '')).total));
      const filter = incidentFilter.parse({ status: ['active', 'inProgress'] });
      rows.push(
        await time(`${name}: menus`, 5, async () => Object.keys(await incidentFacets(db, viewer, filter)).length),
      );
    }
    printTable(
      `Scope: ${figure(incidents)} incidents`,
      ['who sees: question', 'matching', 'median ms', 'p99 ms'],
      rows,
    );
  });
}

/** Every second incident is of group 2, every tenth of group 10, and so on; one alert each that names a device. */
async function seedGroups(db: Db): Promise<void> {
  await sql`set statement_timeout = 0`.execute(db);
  await sql`
    update incident set device_groups = array_remove(array[0, case when id % 2 = 0 then 2 end, case when id % 10 = 0 then 10 end,
      case when id % 100 = 0 then 100 end, case when id % 1000 = 0 then 1000 end], null)`.execute(db);
  await sql`
    insert into alert (tenant_id, id, provider_alert_id, incident_id, origin_incident_id, batch_id, source, content_hash,
      title, severity, status, classification, determination, tactic_mask, service_source, detection_source, detector_id,
      first_activity, last_activity, created_at, received_at, doc, observation, decision, device_groups)
    select tenant_id, 'a' || id, 'a' || id, id, id, 1, 'suricata', '\\x00', display_name, severity, 'new', 'unknown', 'unknown', 1,
      (array['suricata', 'edr', 'mail'])[id % 3 + 1], 'ids', 'rule', first_activity, last_activity, first_activity, last_activity,
      json_build_object('evidence', json_build_array(), 'detail', repeat(md5(id::text), 40)), '{}', '{"terms":[],"refusals":[],"merges":[],"continues":null}',
      device_groups
    from incident`.execute(db);
  await sql`
    insert into alert_entity (alert_seq, entity_n, evidence_index)
    select a.seq, ie.entity_n, 0 from alert a join incident_entity ie on ie.tenant_id = a.tenant_id and ie.incident_id = a.incident_id`.execute(
    db,
  );
  for (const table of ['incident', 'alert', 'alert_entity']) await sql`vacuum analyze ${sql.table(table)}`.execute(db);
}

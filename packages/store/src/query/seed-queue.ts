import { sql } from 'kysely';
import type { Db } from '../database.ts';

/** Sizes of a generated queue. */
export type QueueSeed = { tenantId: string; incidents: number; now: Date };

/**
 * Fills an empty tenant with incidents for measurements: one in four open, four of ten background, a year of history
 * that grows denser towards `now`, an entity for every five incidents and two entities on each incident. The same seed
 * gives the same rows. About 10 s per 100,000. Ends with VACUUM ANALYZE, as autovacuum would leave it.
 */
export async function seedQueue(db: Db, seed: QueueSeed): Promise<void> {
  const entities = Math.max(50, Math.floor(seed.incidents / 5));
  await db.connection().execute(async (connection) => {
    await sql`set statement_timeout = 0`.execute(connection);
    await sql`select setseed(0.42)`.execute(connection);
    await sql`insert into tenant (id, name) values (${seed.tenantId}, ${seed.tenantId}) on conflict do nothing`.execute(
      connection,
    );
    await seedIncidents(connection, seed, entities);
    await seedEntities(connection, seed, entities);
    for (const table of ['incident', 'entity', 'entity_key', 'incident_entity']) {
      await sql`vacuum analyze ${sql.table(table)}`.execute(connection);
    }
  });
}

async function seedIncidents(db: Db, { tenantId, incidents, now }: QueueSeed, entities: number): Promise<void> {
  await sql`
    insert into incident (tenant_id, id, kind, display_name, severity, status, classification, assigned_to, custom_tags,
      priority_score, factors, reason, facts, tactic_mask, service_sources, detection_sources, categories, products,
      threats, devices, users, alerts_total, alerts_active, first_activity, last_activity, created_at, updated_at)
    select ${tenantId}, n,
      case when random() < 0.4 then 'background' else 'incident' end,
      (array['Credential theft', 'Phishing', 'Lateral movement', 'Suspicious sign-in', 'Malware', 'Data exfiltration',
        'Ransomware', 'Port scan'])[(1 + floor(random() * 8)::int)] || ' on HOST-' || 1 + n % ${entities}::int
        || case when random() < 0.3 then ' reported by multiple sources' else '' end,
      (array[4, 3, 3, 2, 2, 2, 1, 1, 1, 1])[(1 + floor(random() * 10)::int)],
      case when s < 0.15 then 'active' when s < 0.25 then 'inProgress' else 'resolved' end,
      case when s < 0.25 then 'unknown' when s < 0.5 then 'truePositive' else 'falsePositive' end,
      case when random() < 0.5 then null else 'analyst' || (1 + floor(random() * 20)::int) end,
      case when random() < 0.02 then array['tag' || (1 + floor(random() * 30)::int)] else '{}' end,
      (1 + floor(random() * 101)::int) - 1,
      '[{"factor":"severity","points":35,"detail":"high"},{"factor":"assets","points":12,"detail":"3 devices, 2 users"}]',
      'Same device HOST-' || 1 + n % ${entities}::int || ', rare for this detector, 4 min apart',
      jsonb_build_object('alerts', 5, 'devices', jsonb_build_array('a', 'b', 'c'), 'detail', repeat(md5(n::text), 12)),
      (1 + floor(random() * 16383)::int),
      (array['{suricata}', '{wazuh}', '{microsoftDefenderForEndpoint}', '{microsoftDefenderForEndpoint,suricata}'])[(1 + floor(random() * 4)::int)]::text[],
      (array['{ids}', '{siem}', '{antivirus}', '{edr,ids}'])[(1 + floor(random() * 4)::int)]::text[],
      array['category ' || (1 + floor(random() * 40)::int)], array['product ' || (1 + floor(random() * 12)::int)],
      case when random() < 0.1 then array['threat ' || (1 + floor(random() * 500)::int)] else '{}' end,
      1, 1, 5, 3, t - interval '2 hours', t - interval '1 minute', t - interval '1 hour', t
    from (select n, random() as s,
            ${now.toISOString()}::timestamptz - interval '365 days' * power(1 - n / ${incidents}::float8, 2) as t
          from generate_series(1, ${incidents}::int) n) numbered`.execute(db);
}

async function seedEntities(db: Db, { tenantId, incidents, now }: QueueSeed, entities: number): Promise<void> {
  const at = now.toISOString();
  await sql`
    with made as (
      insert into entity (tenant_id, id, kind, name, first_seen, last_seen)
      select ${tenantId}, 'device dns:host-' || n || '.example.com', 'device', 'HOST-' || n || '.example.com', ${at}, ${at}
      from generate_series(1, ${entities}::int) n
      returning n, tenant_id, name
    )
    insert into entity_key (entity_n, tenant_id, kind, key)
    select n, tenant_id, 'device', 'dns:' || lower(name) from made`.execute(db);
  await sql`
    insert into incident_entity (tenant_id, incident_id, entity_n, kind, alerts_total, first_seen, last_seen)
    select ${tenantId}, i, e.n, 'device', 3, ${at}, ${at}
    from generate_series(1, ${incidents}::int) i
    cross join lateral (values (1 + i % ${entities}::int), (1 + (i * 7::bigint + 3) % ${entities}::int)) wanted (place)
    join (select n, row_number() over (order by n) as place from entity where tenant_id = ${tenantId}) e
      on e.place = wanted.place
    on conflict do nothing`.execute(db);
}

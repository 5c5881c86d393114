import { sql } from 'kysely';
import { noteChange } from '../audit/audited.ts';
import { inTransaction } from '../command/in-transaction.ts';
import type { Db } from '../database.ts';

/** Rules that people added together, by the name of the pack. */
export type RulePack = { name: string; version: string; licence: string; url: string };

/** What people decided about a rule. `windowMinutes` null: repeats fold for as long as usual. */
export type RuleSetting = { ruleId: string; enabled: boolean; windowMinutes: number | null; reason: string };

/** The rule files of a tenant's packs, by pack and path. */
export async function storedRules(db: Db, tenantId: string): Promise<{ path: string; text: string }[]> {
  const { rows } = await sql<{ path: string; text: string }>`
    select p.name || '/' || r.path as path, r.yaml as text from detection_rule r join rule_pack p on p.id = r.pack_id
    where r.tenant_id = ${tenantId} order by 1`.execute(db);
  return rows;
}

/** What was decided about rules; one that is not here is enabled. */
export async function ruleSettings(db: Db, tenantId: string): Promise<RuleSetting[]> {
  const { rows } = await sql<RuleSetting>`
    select rule_id as "ruleId", enabled, window_minutes as "windowMinutes", reason
    from detection_rule_setting where tenant_id = ${tenantId} order by rule_id`.execute(db);
  return rows;
}

/** A text that changes with every change of a tenant's rules, settings, exceptions and of what is held back. */
export async function rulesVersion(db: Db, tenantId: string, now: Date): Promise<string> {
  const { rows } = await sql<{ version: string }>`
    select concat_ws(' ',
      (select concat_ws('/', count(*), max(updated_at)) from rule_pack where tenant_id = ${tenantId}),
      (select concat_ws('/', count(*), max(updated_at)) from detection_rule_setting where tenant_id = ${tenantId}),
      (select concat_ws('/', max(id), count(*)) from detection_exception
        where tenant_id = ${tenantId} and ended_at is null),
      (select concat_ws('/', count(*), max(until)) from detection_throttle
        where tenant_id = ${tenantId} and until > ${now.toISOString()}::timestamptz)) as version`.execute(db);
  return rows[0]?.version ?? '';
}

/** Adds a pack or puts another version in the place of the one of its name; its files are these and no others. */
export function saveRulePack(
  db: Db,
  { tenantId, by, now }: { tenantId: string; by: string; now: Date },
  pack: RulePack,
  files: readonly { path: string; text: string }[],
): Promise<void> {
  return inTransaction(db, async (trx) => {
    const { rows } = await sql<{ id: number }>`
      insert into rule_pack as p (tenant_id, name, version, licence, url, added_by, updated_at, updated_by)
      values (${tenantId}, ${pack.name}, ${pack.version}, ${pack.licence}, ${pack.url}, ${by}, ${now.toISOString()}, ${by})
      on conflict (tenant_id, name) do update set version = excluded.version, licence = excluded.licence, url = excluded.url,
        updated_by = excluded.updated_by, updated_at = greatest(excluded.updated_at, p.updated_at + interval '1 ms')
      returning id`.execute(trx);
    const id = rows[0]?.id ?? 0;
    await trx.deleteFrom('detection_rule').where('pack_id', '=', id).execute();
    await sql`
      insert into detection_rule (tenant_id, pack_id, path, yaml, updated_at)
      select ${tenantId}, ${id}, path, yaml, ${now.toISOString()} from unnest(
        ${files.map(({ path }) => path)}::text[], ${files.map(({ text }) => text)}::text[]) as t (path, yaml)`.execute(
      trx,
    );
    noteChange(trx, {
      target: { kind: 'setting', id: `rule-pack-${pack.name}` },
      after: { ...pack, rules: files.length },
    });
  });
}

/** Enables or disables a rule, or says for how long its repeats fold. */
export function changeRule(
  db: Db,
  { tenantId, by, now }: { tenantId: string; by: string; now: Date },
  { ruleId, enabled, windowMinutes, reason }: RuleSetting,
): Promise<void> {
  return inTransaction(db, async (trx) => {
    await sql`
      insert into detection_rule_setting as s (tenant_id, rule_id, enabled, window_minutes, reason, updated_at, updated_by)
      values (${tenantId}, ${ruleId}, ${enabled}, ${windowMinutes}, ${reason}, ${now.toISOString()}, ${by})
      on conflict (tenant_id, rule_id) do update set enabled = excluded.enabled, window_minutes = excluded.window_minutes,
        reason = excluded.reason, updated_by = excluded.updated_by,
        updated_at = greatest(excluded.updated_at, s.updated_at + interval '1 ms')`.execute(trx);
    const after = { enabled, windowMinutes, reason };
    noteChange(trx, { target: { kind: 'setting', id: `detection-rule-${ruleId}` }, after });
  });
}

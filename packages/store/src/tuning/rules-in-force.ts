import { sql } from 'kysely';
import type { Db } from '../database.ts';
import type { RuleAuthor } from '../notify/read-rules.ts';
import { tuningAuthor } from './read-rules.ts';
import type { TuningDefinition } from './tuning-definition.ts';

/** A rule that is on and has not ended, as far as deciding whether it may speak needs it. */
export type EnabledTuningRule = {
  id: number;
  version: number;
  deviceGroups: number[] | null;
  author: RuleAuthor | null;
};

/** The rules of a tenant that are on at `now`, by id. */
export function enabledTuningRules(db: Db, tenantId: string, now: Date): Promise<EnabledTuningRule[]> {
  return db
    .selectFrom('tuning_rule')
    .select(['id', 'version', 'device_groups as deviceGroups'])
    .select(tuningAuthor.as('author'))
    .where('tenant_id', '=', tenantId)
    .where('enabled', '=', true)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now.toISOString())]))
    .orderBy('id')
    .execute();
}

/** What rules are about, for those of `ids` that are there. */
export function tuningDefinitions(
  db: Db,
  tenantId: string,
  ids: readonly number[],
): Promise<{ id: number; version: number; name: string; by: string; definition: TuningDefinition }[]> {
  return db
    .selectFrom('tuning_rule')
    .select(['id', 'version', 'name', 'updated_by as by', 'definition'])
    .where('tenant_id', '=', tenantId)
    .where('id', 'in', ids)
    .execute();
}

/** The group that each device of `ns` is in, by its number; new ones are left out. */
export async function groupsOfDevices(db: Db, tenantId: string, ns: readonly number[]): Promise<Map<number, number>> {
  const { rows } = await sql<{ n: number; group: number }>`
    select n, device_group as group from entity
    where tenant_id = ${tenantId} and n = any(${ns}::bigint[]) and device_group is not null`.execute(db);
  return new Map(rows.map(({ n, group }) => [n, group]));
}

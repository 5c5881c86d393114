import { devicelessId, type TuningRuleBody } from '@throughline/model';
import { sql } from 'kysely';
import { noteChange } from '../audit/audited.ts';
import type { Db } from '../database.ts';
import { changedFields } from '../notify/changed-fields.ts';
import type { RuleChange } from '../notify/rules.ts';
import type { Viewer } from '../query/viewer.ts';
import { type AuthoredTuningRule, bodyOfRule, noSuchTuningRule, readTuningRule, seesTuningRule } from './read-rules.ts';
import { definitionOf } from './tuning-definition.ts';
import { TuningError } from './tuning-error.ts';

/**
 * Makes a rule. It is asked of alerts that are taken up from now on. Throws TuningError `nameTaken`, `noSuchGroup`;
 * `beyondScope` for what the viewer does not see.
 */
export function createTuningRule(
  db: Db,
  viewer: Viewer,
  body: TuningRuleBody,
  { by, now, author }: RuleChange,
): Promise<AuthoredTuningRule> {
  return withFreeName(body.name, () =>
    db.transaction().execute(async (trx) => {
      await requireReach(trx, viewer, body);
      const { id } = await trx
        .insertInto('tuning_rule')
        .values({
          tenant_id: viewer.tenantId,
          author_id: author,
          ...columnsOf(body),
          created_at: now,
          created_by: by,
          updated_at: now,
          updated_by: by,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await keepVersion(trx, viewer.tenantId, id, 1, body, { by, now });
      noteChange(trx, { target: target(id), after: body });
      return readTuningRule(trx, viewer, id);
    }),
  );
}

/**
 * Makes a rule's next version. Alerts to which an earlier one applied stay as they are. Throws TuningError `noSuchRule`,
 * `nameTaken`, `noSuchGroup`; `beyondScope` for what the viewer does not see.
 */
export function updateTuningRule(
  db: Db,
  viewer: Viewer,
  id: number,
  change: (before: TuningRuleBody) => TuningRuleBody,
  { by, now, author }: RuleChange,
): Promise<AuthoredTuningRule> {
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom('tuning_rule')
      .selectAll()
      .where('tenant_id', '=', viewer.tenantId)
      .where('id', '=', id)
      .where(seesTuningRule(viewer))
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined) throw noSuchTuningRule();
    const before = bodyOfRule(row);
    const body = change(before);
    await requireReach(trx, viewer, body);
    const version = row.version + 1;
    await withFreeName(body.name, () =>
      trx
        .updateTable('tuning_rule')
        .set({ ...columnsOf(body), version, author_id: author, updated_at: now, updated_by: by })
        .where('id', '=', id)
        .execute(),
    );
    await keepVersion(trx, viewer.tenantId, id, version, body, { by, now });
    noteChange(trx, { target: target(id), ...changedFields(before, body) });
    return readTuningRule(trx, viewer, id);
  });
}

/** Removes a rule; alerts to which it applied stay as they are and go on naming it. Throws TuningError `noSuchRule`. */
export async function deleteTuningRule(db: Db, viewer: Viewer, id: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const row = await trx
      .deleteFrom('tuning_rule')
      .where('tenant_id', '=', viewer.tenantId)
      .where('id', '=', id)
      .where(seesTuningRule(viewer))
      .returningAll()
      .executeTakeFirst();
    if (row === undefined) throw noSuchTuningRule();
    noteChange(trx, { target: target(id), before: bodyOfRule(row) });
  });
}

function target(id: number) {
  return { kind: 'tuningRule', id: String(id) };
}

async function withFreeName<T>(name: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if ((error as { code?: string }).code !== '23505') throw error;
    throw new TuningError('nameTaken', `There is another tuning rule named “${name}”.`);
  }
}

async function requireReach(db: Db, viewer: Viewer, { deviceGroups }: TuningRuleBody): Promise<void> {
  const { groups: own, sources, tenantId } = viewer;
  if (sources !== null) {
    throw new TuningError('beyondScope', 'A tuning rule is about all data sources: who sees only some makes none.');
  }
  if (own !== null && !(deviceGroups?.every((group) => own.includes(group)) ?? false)) {
    throw new TuningError('beyondScope', 'Choose among your device groups: the rule may be about no others.');
  }
  const wanted = (deviceGroups ?? []).filter((group) => group !== devicelessId);
  const { rows } = await sql<{ id: number }>`
    select wanted as id from unnest(${wanted}::int[]) wanted
    where not exists (select from device_group g where g.tenant_id = ${tenantId} and g.id = wanted) and wanted <> 0
    limit 1`.execute(db);
  if (rows[0] !== undefined) throw new TuningError('noSuchGroup', `There is no device group ${rows[0].id}.`);
}

async function keepVersion(
  trx: Db,
  tenantId: string,
  ruleId: number,
  version: number,
  body: TuningRuleBody,
  { by, now }: { by: string; now: Date },
): Promise<void> {
  await trx
    .insertInto('tuning_rule_version')
    .values({ tenant_id: tenantId, rule_id: ruleId, version, rule: JSON.stringify(body), at: now, by })
    .execute();
}

function columnsOf(body: TuningRuleBody) {
  return {
    name: body.name,
    enabled: body.enabled,
    device_groups: body.deviceGroups,
    expires_at: body.expiresDateTime,
    definition: JSON.stringify(definitionOf(body)),
  };
}

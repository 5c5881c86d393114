import type { EscalationPolicy, EscalationPolicyBody } from '@throughline/model';
import { sql } from 'kysely';
import { noteChange } from '../audit/audited.ts';
import type { Db } from '../database.ts';
import { changedFields } from './changed-fields.ts';
import { NotifyError, withFreeName } from './notify-error.ts';
import { listSchedules } from './on-call-schedules.ts';
import { findWebhooks } from './webhooks.ts';

/** Policies of a tenant by name; only the one with `id` when given. */
export async function listPolicies(db: Db, tenantId: string, id?: number): Promise<EscalationPolicy[]> {
  const { rows } = await sql<EscalationPolicy>`
    select p.id, p.name, p.steps, p.repeats, p.updated_at as "lastUpdateDateTime", p.updated_by as "lastModifiedBy",
      array(select r.name from notification_rule r where r.policy_id = p.id order by r.name) as rules,
      (select count(*) from notification_escalation e where e.tenant_id = p.tenant_id and e.policy_id = p.id
        and e.state = 'running') as running
    from escalation_policy p where p.tenant_id = ${tenantId} and (${id ?? null}::int is null or p.id = ${id ?? null})
    order by p.name`.execute(db);
  return rows;
}

/**
 * Makes a policy, or with `id` changes it: escalations under way go on as they began. Throws NotifyError `noSuchPolicy`,
 * `noSuchWebhook`, `noSuchSchedule`, `nameTaken`.
 */
export async function savePolicy(
  db: Db,
  tenantId: string,
  id: number | undefined,
  { name, steps, repeats }: EscalationPolicyBody,
  { by, now }: { by: string; now: Date },
): Promise<EscalationPolicy> {
  return withFreeName('policy', name, () =>
    db.transaction().execute(async (trx) => {
      await requireTargets(trx, tenantId, steps);
      const row = { name, steps: JSON.stringify(steps), repeats, updated_at: now, updated_by: by };
      const [before] = id === undefined ? [] : await listPolicies(trx, tenantId, id);
      if (id !== undefined && before === undefined) throw noSuchPolicy();
      const saved =
        id === undefined
          ? await trx
              .insertInto('escalation_policy')
              .values({ tenant_id: tenantId, ...row })
              .returning('id')
              .executeTakeFirstOrThrow()
          : await trx
              .updateTable('escalation_policy')
              .set(row)
              .where('tenant_id', '=', tenantId)
              .where('id', '=', id)
              .returning('id')
              .executeTakeFirstOrThrow();
      noteChange(trx, { target: targetOf(saved.id), ...changedFields(before ?? {}, { name, steps, repeats }) });
      return (await listPolicies(trx, tenantId, saved.id))[0] as EscalationPolicy;
    }),
  );
}

/** Throws NotifyError `policyInUse` while a rule names it, `noSuchPolicy`. */
export async function deletePolicy(db: Db, tenantId: string, id: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const [policy] = await listPolicies(trx, tenantId, id);
    if (policy === undefined) throw noSuchPolicy();
    if (policy.rules.length > 0) {
      const names = policy.rules.slice(0, 3).map((name) => `“${name}”`);
      throw new NotifyError('policyInUse', `Take the policy out of the rules that use it first: ${names.join(', ')}.`);
    }
    await trx.deleteFrom('escalation_policy').where('tenant_id', '=', tenantId).where('id', '=', id).execute();
    noteChange(trx, { target: targetOf(id), before: { name: policy.name, steps: policy.steps } });
  });
}

/** Throws NotifyError `noSuchPolicy` for a policy that a rule may not name. */
export async function requirePolicy(db: Db, tenantId: string, id: number | null): Promise<void> {
  if (id !== null && (await listPolicies(db, tenantId, id)).length === 0) throw noSuchPolicy();
}

async function requireTargets(db: Db, tenantId: string, steps: EscalationPolicyBody['steps']): Promise<void> {
  const hooks = steps.flatMap(({ webhooks }) => webhooks);
  const found = await findWebhooks(db, tenantId, hooks);
  const missing = hooks.find((hook) => !found.has(hook));
  if (missing !== undefined) throw new NotifyError('noSuchWebhook', `There is no webhook ${missing}.`);
  const wanted = steps.flatMap(({ schedules }) => schedules);
  const known = new Set((await listSchedules(db, tenantId, wanted)).map(({ id }) => id));
  const unknown = wanted.find((schedule) => !known.has(schedule));
  if (unknown !== undefined) throw new NotifyError('noSuchSchedule', `There is no on-call schedule ${unknown}.`);
}

function targetOf(id: number) {
  return { kind: 'escalationPolicy', id: String(id) };
}

function noSuchPolicy(): NotifyError {
  return new NotifyError('noSuchPolicy', 'There is no such escalation policy.');
}

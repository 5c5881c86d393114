import type { RearrangementRequest } from '@throughline/model';
import {
  type Db,
  everything,
  rearrangementAnswer,
  requestRearrangement,
  takeBatches,
  type Writer,
  waitingRequests,
} from '@throughline/store';
import { sql } from 'kysely';
import type { EngineState } from '../engine-state.ts';
import { clock, silent, tenantId } from '../pipeline.fixture.ts';
import { processBatches } from '../process-batches.ts';
import { rearrangeBetweenBatches } from './between-batches.ts';

export const viewer = everything(tenantId);
const actor = { kind: 'person' as const, name: 'ada' };

/** Takes the next batch to incidents; false when none waits. */
export async function step(db: Db, writer: Writer, state: EngineState): Promise<boolean> {
  const batches = await takeBatches(db, tenantId, { maxAlerts: 1, maxBatches: 1, maxBytes: 1 });
  if (batches.length === 0) return false;
  await writer.transaction().execute((trx) => processBatches(trx, batches, { tenantId, state, now: clock() }));
  return true;
}

/** Asks for a rearrangement and has it done. */
export async function ask(db: Db, writer: Writer, state: EngineState, request: RearrangementRequest) {
  const id = await requestRearrangement(db, viewer, actor, request);
  await rearrangeBetweenBatches(writer, await waitingRequests(db, tenantId), state, {
    clock,
    log: silent,
  });
  const answer = await rearrangementAnswer(db, tenantId, id);
  if (answer === null) throw new Error('not answered');
  return answer as { state: 'done' | 'refused'; answer: Record<string, unknown> };
}

/** A request that may or may not be possible, of what is there. */
export async function anyRequest(db: Db, random: () => number): Promise<RearrangementRequest> {
  const why = { reason: 'other' as const };
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T;
  const incidents = (await db.selectFrom('incident').select('id').orderBy('id').execute()).map(({ id }) => id);
  const choice = random();
  if (choice < 0.3) {
    const ids = [...new Set([pick(incidents), pick(incidents), pick(incidents)])];
    return { kind: 'merge', incidentIds: ids.length > 1 ? ids : [...ids, 1], ...why };
  }
  if (choice < 0.65) {
    const from = pick(incidents);
    const alerts = await db.selectFrom('alert').select('id').where('incident_id', '=', from).orderBy('seq').execute();
    const some = alerts.filter(() => random() < 0.5).map(({ id }) => id);
    const into = random() < 0.5 ? null : pick(incidents);
    return { kind: 'move', alertIds: some.length > 0 ? some : ['none'], into, ...why };
  }
  const entries = await db.selectFrom('rearrangement').select('id').orderBy('id').execute();
  return { kind: 'undo', rearrangementId: entries.length > 0 ? pick(entries).id : 1 };
}

/** What holds of incidents however they came to be; each row names a thing that does not. */
export async function wrongThings(db: Db): Promise<unknown[]> {
  const { rows } = await sql`
    with own as (
      select a.incident_id as id, count(*)::int as total, count(*) filter (where a.status <> 'resolved')::int as active,
        min(a.first_activity) as first, max(a.last_activity) as last, max(a.severity)::int as severity,
        (select array_agg(distinct g order by g) from alert b cross join unnest(b.device_groups) g
          where b.tenant_id = a.tenant_id and b.incident_id = a.incident_id) as groups
      from alert a group by a.tenant_id, a.incident_id
    ), mentioned as (
      select a.incident_id, ae.entity_n, e.kind, count(*)::int as alerts
      from alert a join alert_entity ae on ae.alert_seq = a.seq join entity e on e.n = ae.entity_n group by 1, 2, 3
    )
    select 'counts' as wrong, i.id from incident i join own using (id) where i.redirect_to is not null
      or (i.alerts_total, i.alerts_active, i.first_activity, i.last_activity, i.severity, i.device_groups)
        is distinct from (own.total, own.active, own.first, own.last, own.severity, own.groups)
      or (i.facts ->> 'alerts')::int <> own.total
      or (i.facts ->> 'first')::numeric <> extract(epoch from own.first) * 1000
    union all
    select 'empty', i.id from incident i where redirect_to is null and not exists (select from own where own.id = i.id)
    union all
    select 'entities', incident_id from (
      select coalesce(m.incident_id, k.incident_id) as incident_id
      from mentioned m full join incident_entity k using (incident_id, entity_n)
      where m.alerts is distinct from k.alerts_total) x
    union all
    select 'scope', i.id from incident i where redirect_to is null and array[devices, users] is distinct from (
      select array[count(*) filter (where kind = 'device')::int, count(*) filter (where kind = 'user')::int]
      from incident_entity k where k.incident_id = i.id)`.execute(db);
  return rows;
}

import type { Decision } from '@throughline/model';
import { type SqlBool, sql } from 'kysely';
import type { Db } from '../../database.ts';

/** An alert that an incident still holds, as correlation saw and decided it. */
export type RemainingAlert = { incidentId: number; observation: unknown; decision: Decision };

/** The alerts that incidents (numbers) hold, in order of correlation, with the kind of each incident. */
export async function readRemaining(
  trx: Db,
  tenantId: string,
  ids: readonly number[],
): Promise<{ alerts: RemainingAlert[]; background: ReadonlySet<number>; survivors: ReadonlyMap<string, string> }> {
  const held = sql<SqlBool>`a.tenant_id = ${tenantId} and a.incident_id = any(${[...ids]}::int[])`;
  const alerts = await sql<RemainingAlert>`
    select a.incident_id as "incidentId", a.observation, a.decision from alert a where ${held} order by a.seq`.execute(
    trx,
  );
  const background = await sql<{ id: number }>`
    select id from incident where tenant_id = ${tenantId} and id = any(${[...ids]}::int[]) and kind = 'background'`.execute(
    trx,
  );
  const survivors = await sql<{ id: string; survivor: string }>`
    select distinct e.id, s.id as survivor
    from alert a cross join lateral json_array_elements(a.observation -> 'entities') o
      join entity e on e.tenant_id = a.tenant_id and e.id = o ->> 'id' and e.redirect_to is not null
      join entity s on s.n = surviving_entity(e.n)
    where ${held}`.execute(trx);
  return {
    alerts: alerts.rows,
    background: new Set(background.rows.map(({ id }) => id)),
    survivors: new Map(survivors.rows.map(({ id, survivor }) => [id, survivor])),
  };
}

import { sql } from 'kysely';
import type { Db } from '../../database.ts';

/**
 * Deletes alerts (seq) that a deletion marked, with what names them. What correlation learned about identities from them
 * stays known; entities they named are noted for the deletion to look at.
 */
export async function deleteAlerts(
  trx: Db,
  { id, tenantId }: { id: number; tenantId: string },
  seqs: readonly number[],
): Promise<void> {
  const these = sql`any(${[...seqs]}::bigint[])`;
  await sql`
    insert into correlation_absorbed (seq, tenant_id, absorbed)
    select seq, tenant_id, observation -> 'absorbed' from alert
    where seq = ${these} and observation -> 'absorbed' is not null`.execute(trx);
  await sql`
    insert into deletion_entity (deletion_id, entity_n)
    select distinct ${id}::bigint, entity_n from alert_entity where alert_seq = ${these} on conflict do nothing`.execute(
    trx,
  );
  await sql`delete from alert_entity where alert_seq = ${these}`.execute(trx);
  await sql`delete from notification_raise where tenant_id = ${tenantId} and alert_seq = ${these}`.execute(trx);
  await sql`delete from deletion_alert where alert_seq = ${these}`.execute(trx);
  await sql`
    with gone as (delete from alert where seq = ${these} returning source),
    counted as (select source, count(*) as n from gone group by source)
    update ledger l set deleted = l.deleted + c.n from counted c where l.tenant_id = ${tenantId} and l.source = c.source`.execute(
    trx,
  );
  await sql`update deletion set alerts = alerts + ${seqs.length} where id = ${id}`.execute(trx);
}

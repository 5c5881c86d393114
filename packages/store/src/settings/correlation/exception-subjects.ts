import type { ExceptionSubject, SubjectChoice } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../../database.ts';
import { containing } from '../../query/like.ts';
import { refuseNul } from '../../query/query-error.ts';

/** What of an alert a subject is: its value for correlation, and what people call it. */
const columns = {
  detection: { value: sql`service_source || '/' || detector_id`, name: sql`title` },
  title: { value: sql`title`, name: sql`title` },
  product: { value: sql`product_name`, name: sql`product_name` },
  source: { value: sql`service_source`, name: sql`service_source` },
};

/**
 * Detections, titles, products or sources of the newest 20,000 alerts whose name or value contains `search`, the most
 * frequent first, at most 20.
 */
export async function findSubjects(
  db: Db,
  tenantId: string,
  subject: Exclude<ExceptionSubject, 'entity'>,
  search = '',
): Promise<SubjectChoice[]> {
  refuseNul({ search });
  const { value, name } = columns[subject];
  const { rows } = await sql<SubjectChoice>`
    select value, max(name) as name, null as kind, count(*) as alerts from (
      select ${value} as value, ${name} as name from alert where tenant_id = ${tenantId} order by seq desc limit 20000
    ) a where value is not null and value <> '' and (value ilike ${containing(search)} or name ilike ${containing(search)})
    group by value order by count(*) desc, value limit 20`.execute(db);
  return rows;
}

/** Today's identity of each entity id, where that is another one. */
export async function survivingEntities(
  db: Db,
  tenantId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; survivor: string }>`
    with recursive chain as (
      select id, n, redirect_to from entity where tenant_id = ${tenantId} and id = any(${[...ids]}::text[])
      union all
      select c.id, e.n, e.redirect_to from chain c join entity e on e.n = c.redirect_to
    )
    select c.id, e.id as survivor from chain c join entity e on e.n = c.n
    where c.redirect_to is null and c.id <> e.id`.execute(db);
  return new Map(rows.map(({ id, survivor }) => [id, survivor]));
}

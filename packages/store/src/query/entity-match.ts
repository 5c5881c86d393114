import { type RawBuilder, sql } from 'kysely';
import { beginning, containing, literally } from './like.ts';

const bareKey = sql`substring(k.key from '^[a-z0-9]+[:~](.*)$')`;

/**
 * A subquery of the entity numbers that go by one of `names`: an entity id, its display name or any of its keys, with or
 * without the naming scheme, whatever the case. An absorbed identity brings the one that absorbed it.
 */
export function entitiesNamed(tenantId: string, names: readonly string[]): RawBuilder<unknown> {
  const patterns = names.map(literally);
  const folded = names.map((name) => name.toLowerCase());
  return withSurvivors(sql`
    select e.n from entity e where e.tenant_id = ${tenantId} and e.id = any(${names}::text[])
    union
    select e.n from entity e where e.tenant_id = ${tenantId} and e.name ilike any(${patterns}::text[])
    union
    select k.entity_n from entity_key k where k.tenant_id = ${tenantId} and k.key = any(${folded}::text[])
    union
    select k.entity_n from entity_key k where k.tenant_id = ${tenantId} and ${bareKey} = any(${folded}::text[])`);
}

/** A subquery of the entity numbers whose name contains `text` or of which a key begins with it. */
export function entitiesLike(tenantId: string, text: string): RawBuilder<unknown> {
  const prefix = beginning(text.toLowerCase());
  return withSurvivors(sql`
    select e.n from entity e where e.tenant_id = ${tenantId} and e.name ilike ${containing(text)}
    union
    select k.entity_n from entity_key k where k.tenant_id = ${tenantId} and ${bareKey} like ${prefix}`);
}

function withSurvivors(found: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(with recursive hit (n) as (
    (${found})
    union
    select e.redirect_to from hit join entity e on e.n = hit.n where e.redirect_to is not null
  ) select n from hit)`;
}

import { type IncidentFacets, type IncidentFilter, severities, tactics } from '@throughline/model';
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../database.ts';
import { type AssetHits, allOf, incidentConditions, ofKind, type Viewer } from './incident-conditions.ts';
import { searchAssets } from './search-assets.ts';
import type { TraitPrefix } from './trait-word.ts';

/** Most values a menu shows of one facet, the most frequent first. */
const mostValues = 100;

type Facet = { value: RawBuilder<unknown>; from?: RawBuilder<unknown> };

const column = (name: string): Facet => ({ value: sql.ref(`i.${name}`) });
const words = (name: string): Facet => ({ value: sql`w`, from: sql`, unnest(${sql.ref(`i.${name}`)}) w` });
const trait = (prefix: TraitPrefix): Facet => ({
  value: sql`t.value`,
  from: sql`, lateral (
    select distinct substring(word from ${prefix.length + 2}::int) as value
    from alert a, unnest(a.traits) word
    where a.tenant_id = i.tenant_id and a.incident_id = i.id and word like ${`${prefix}:%`}) t`,
});

/** Each facet by the name of the filter it fills. */
const facets = {
  status: column('status'),
  severity: { value: sql`(${sql.lit(`{${severities.join(',')}}`)}::text[])[i.severity + 1]` },
  assignee: { value: sql`coalesce(i.assigned_to, 'unassigned')` },
  serviceSource: words('service_sources'),
  detectionSource: words('detection_sources'),
  category: words('categories'),
  product: words('products'),
  threat: words('threats'),
  tag: { value: sql`w`, from: sql`, unnest(i.custom_tags || i.system_tags) w` },
  tactic: {
    value: sql`t.name`,
    from: sql` join unnest(${sql.lit(`{${tactics.join(',')}}`)}::text[]) with ordinality t (name, place)
      on (i.tactic_mask >> (t.place - 1)::int) & 1 = 1`,
  },
  classification: column('classification'),
  determination: column('determination'),
  osPlatform: trait('os'),
  deviceGroup: trait('group'),
} satisfies Partial<Record<keyof IncidentFilter, Facet>>;

export type FacetName = keyof typeof facets;
export const facetNames = Object.keys(facets) as FacetName[];

/**
 * The values that the filter menus offer, each with how many incidents it would show: counted under the whole filter
 * but the facet's own part, so that choosing a second value widens. `names` limits the work to the menus asked for.
 *
 * @throws QueryError when a text cannot be searched for.
 */
export async function incidentFacets(
  db: Db,
  tenantId: string,
  filter: IncidentFilter,
  viewer: Viewer,
  names: readonly FacetName[] = facetNames,
): Promise<IncidentFacets> {
  const result: IncidentFacets = Object.fromEntries(names.map((name) => [name, []]));
  if (names.length === 0) return result;
  const hits = await searchAssets(db, tenantId, filter.q);
  const matching = (rest: IncidentFilter) => matchingIncidents(tenantId, rest, viewer, hits);
  const parts = names.map((name) => {
    const { value, from = sql`` }: Facet = facets[name];
    const source =
      filter[name] === undefined ? sql`matching i` : sql`(${matching({ ...filter, [name]: undefined })}) i`;
    return sql`(select ${name}::text as facet, ${value} as value, count(*) as count
      from ${source}${from} group by 2 order by 3 desc, 2 limit ${mostValues})`;
  });
  const { rows } = await sql<{ facet: string; value: string; count: number }>`
    with matching as (${matching(filter)})
    ${sql.join(parts, sql` union all `)}`.execute(db);
  for (const { facet, value, count } of rows) result[facet]?.push({ value, count });
  return result;
}

function matchingIncidents(
  tenantId: string,
  filter: IncidentFilter,
  viewer: Viewer,
  hits: AssetHits,
): RawBuilder<unknown> {
  const conditions = [...incidentConditions(tenantId, filter, viewer, hits), ofKind(filter.kind)];
  return sql`select i.tenant_id, i.id, i.status, i.severity, i.assigned_to, i.service_sources, i.detection_sources,
    i.categories, i.products, i.threats, i.custom_tags, i.system_tags, i.tactic_mask, i.classification, i.determination
    from incident i where ${allOf(conditions)}`;
}

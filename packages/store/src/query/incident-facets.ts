import { type IncidentFacets, type IncidentFilter, severities, tacticsOfMask } from '@throughline/model';
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../database.ts';
import { allOf, incidentConditions, ofKind } from './incident-conditions.ts';
import { countGroups, groupNames } from './incident-groups.ts';
import { searchAssets } from './search-assets.ts';
import type { TraitPrefix } from './trait-word.ts';
import { type Condition, seesAlert, type Viewer } from './viewer.ts';

/** Most values a menu shows of one facet, the most frequent first. */
const mostValues = 100;

const column = (name: string) => sql`select ${sql.ref(`i.${name}`)} as value`;
const words = (list: RawBuilder<unknown>) => sql`select w as value from unnest(${list}) w`;

/** Facets of the incident itself: a query of the values that one `incident i` has. */
const ownFacets = {
  status: column('status'),
  severity: sql`select (${sql.lit(`{${severities.join(',')}}`)}::text[])[i.severity + 1] as value`,
  assignee: sql`select coalesce(i.assigned_to, 'unassigned') as value`,
  serviceSource: words(sql.ref('i.service_sources')),
  detectionSource: words(sql.ref('i.detection_sources')),
  category: words(sql.ref('i.categories')),
  product: words(sql.ref('i.products')),
  threat: words(sql.ref('i.threats')),
  tag: words(sql`i.custom_tags || i.system_tags`),
  // Counted by mask; the masks are taken apart when they are few.
  tactic: sql`select i.tactic_mask::text as value`,
  classification: column('classification'),
  determination: column('determination'),
} satisfies Partial<Record<keyof IncidentFilter, RawBuilder<unknown>>>;

/** Facets of its alerts' documents. */
const traitFacets = { osPlatform: 'os' } satisfies Partial<Record<keyof IncidentFilter, TraitPrefix>>;

type OwnFacet = keyof typeof ownFacets;
type TraitFacet = keyof typeof traitFacets;
export type FacetName = OwnFacet | TraitFacet | 'deviceGroup';
export const facetNames = [...Object.keys(ownFacets), ...Object.keys(traitFacets), 'deviceGroup'] as FacetName[];

/**
 * The values that the filter menus offer, each with how many incidents it would show: counted under the whole filter
 * but the facet's own part, so that choosing a second value widens. `names` limits the work to the menus asked for.
 *
 * @throws QueryError when a text cannot be searched for.
 */
export async function incidentFacets(
  db: Db,
  viewer: Viewer,
  filter: IncidentFilter,
  names: readonly FacetName[] = facetNames,
): Promise<IncidentFacets> {
  const hits = await searchAssets(db, viewer, filter.q);
  const matching = (without?: FacetName): Condition => {
    const rest = without === undefined ? filter : { ...filter, [without]: undefined };
    return allOf([...incidentConditions(viewer, rest, hits), ofKind(filter.kind)]);
  };
  const own = names.filter((name) => name in ownFacets) as OwnFacet[];
  // One scan counts all facets that the filter does not restrict; each of the others needs its own.
  const free = own.filter((name) => filter[name] === undefined);
  const parts = [
    ...(free.length > 0 ? [countOwn(free, matching())] : []),
    ...own.filter((name) => !free.includes(name)).map((name) => countOwn([name], matching(name))),
    ...names.filter(isTraitFacet).map((name) => countTrait(viewer, name, matching(name))),
    ...(names.includes('deviceGroup') ? [countGroups(viewer, matching('deviceGroup'))] : []),
  ];
  const result: Record<string, Map<string, number>> = Object.fromEntries(names.map((name) => [name, new Map()]));
  if (parts.length === 0) return {};
  const { rows } = await sql<{ facet: string; value: string; count: number }>`
    ${sql.join(parts, sql` union all `)}`.execute(db);
  for (const { facet, value, count } of rows) {
    const counts = result[facet];
    for (const each of facet === 'tactic' ? tacticsOfMask(Number(value)) : [value]) {
      counts?.set(each, (counts.get(each) ?? 0) + count);
    }
  }
  const facets: IncidentFacets = Object.fromEntries(
    Object.entries(result).map(([facet, counts]) => [facet, mostFrequent(counts)]),
  );
  if (facets.deviceGroup) facets.deviceGroup = await named(db, viewer, facets.deviceGroup, filter.deviceGroup ?? []);
  return facets;
}

function isTraitFacet(name: FacetName): name is TraitFacet {
  return name in traitFacets;
}

function countOwn(names: readonly OwnFacet[], condition: Condition): RawBuilder<unknown> {
  const values = names.map((name) => sql`select ${name}::text as facet, v.value from (${ownFacets[name]}) v`);
  return sql`(select f.facet, f.value, count(*) as count
    from incident i cross join lateral (${sql.join(values, sql` union all `)}) f where ${condition} group by 1, 2)`;
}

function countTrait(viewer: Viewer, name: TraitFacet, condition: Condition): RawBuilder<unknown> {
  const prefix = traitFacets[name];
  return sql`(select ${name}::text as facet, substring(word from ${prefix.length + 2}::int) as value,
      count(distinct a.incident_id) as count
    from alert a cross join unnest(a.traits) word
    where ${seesAlert(viewer)} and a.traits <> '{}' and word like ${`${prefix}:%`}
      and a.incident_id in (select i.id from incident i where ${condition})
    group by 2)`;
}

/** Device groups under their names; those chosen are there even when no incident is. */
async function named(
  db: Db,
  viewer: Viewer,
  counted: readonly { value: string; count: number }[],
  chosen: readonly string[],
): Promise<IncidentFacets[string]> {
  const without = [...new Set(chosen)].filter((id) => !counted.some(({ value }) => value === id));
  const all = [...counted, ...without.map((value) => ({ value, count: 0 }))];
  const names = await groupNames(
    db,
    viewer,
    all.map(({ value }) => Number(value)),
  );
  return all.flatMap((each) => {
    const label = names.get(Number(each.value));
    return label === undefined ? [] : [{ ...each, label }];
  });
}

function mostFrequent(counts: ReadonlyMap<string, number>): { value: string; count: number }[] {
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, mostValues);
}

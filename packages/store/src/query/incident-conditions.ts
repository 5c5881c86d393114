import { type IncidentFilter, type Severity, type Tactic, tacticMask } from '@throughline/model';
import { type RawBuilder, sql } from 'kysely';
import { assignedToAny } from './assignee-condition.ts';
import { entitiesNamed } from './entity-match.ts';
import { inDeviceGroups } from './incident-groups.ts';
import { containing } from './like.ts';
import { refuseNul } from './query-error.ts';
import { rankOf } from './severity-rank.ts';
import { type TraitPrefix, traitWord } from './trait-word.ts';
import { type Condition, mayNameEntity, seesAlert, seesEverything, seesIncident, type Viewer } from './viewer.ts';

/** The incidents that a search text finds by their assets; see {@link searchAssets}. */
export type AssetHits = readonly number[];

/** True for incidents that still want work. */
export const isOpen: Condition = sql<boolean>`i.status in ('active', 'inProgress', 'awaitingAction')`;

/** All of `conditions`. */
export function allOf(conditions: readonly Condition[]): RawBuilder<boolean> {
  return conditions.length === 0 ? sql<boolean>`true` : sql<boolean>`${sql.join([...conditions], sql` and `)}`;
}

/**
 * The filter of the queue as conditions on `incident i`, what the viewer may see first. The kind is left to {@link ofKind}, because
 * the page shows one kind and counts both. Redirected incidents are left out unless asked for by status. `hits` is what
 * {@link searchAssets} found for `q`.
 *
 * @throws QueryError when a text cannot be searched for.
 */
export function incidentConditions(viewer: Viewer, filter: Partial<IncidentFilter>, hits: AssetHits): Condition[] {
  refuseNul(filter);
  const conditions: Condition[] = [seesIncident(viewer)];
  for (const [name, value] of Object.entries(filter)) {
    const make = makers[name as keyof IncidentFilter] as Maker<unknown> | undefined;
    const condition = value === undefined ? null : make?.(value, { viewer, hits });
    if (condition) conditions.push(condition);
  }
  if (filter.status === undefined) conditions.push(sql<boolean>`i.status <> 'redirected'`);
  return conditions;
}

/** The kind filter: incidents, background groups, or both. */
export function ofKind(kind: IncidentFilter['kind']): Condition {
  return kind === 'all' ? sql<boolean>`true` : sql<boolean>`i.kind = ${kind}`;
}

/** Words as the index has them; see `index_words`. */
export function indexedWords(column: string, words: readonly string[]): Condition {
  const ref = sql.ref(`i.${column}`);
  const cut = words.map((word) => [...word].slice(0, 200).join(''));
  return sql<boolean>`(index_words(${ref}) && ${cut}::text[] and ${ref} && ${words}::text[])`;
}

type Context = { viewer: Viewer; hits: AssetHits };
type Maker<T> = (value: T, context: Context) => Condition | null;
type Makers = { [F in keyof IncidentFilter]-?: Maker<NonNullable<IncidentFilter[F]>> };

const anyOf =
  (column: string): Maker<readonly string[]> =>
  (values) =>
    sql<boolean>`${sql.ref(`i.${column}`)} = any(${values}::text[])`;
const words =
  (column: string): Maker<readonly string[]> =>
  (values) =>
    indexedWords(column, values);
const trait =
  (prefix: TraitPrefix): Maker<readonly string[]> =>
  (values, { viewer }) =>
    ofAlerts(viewer, hasTrait(prefix, values));

/** The condition that `alert a` has one of the traits. */
export function hasTrait(prefix: TraitPrefix, values: readonly string[]): Condition {
  const wanted = values.map((value) => traitWord(prefix, value));
  return sql<boolean>`(a.traits && ${wanted}::text[] and a.traits <> '{}')`;
}

function ofAlerts(viewer: Viewer, condition: RawBuilder<unknown>): Condition {
  return sql<boolean>`i.id in (select a.incident_id from alert a where ${seesAlert(viewer)} and ${condition})`;
}

// The query's schema let through severities and tactics only, which its type has forgotten.
function ranks(values: readonly string[]): number[] {
  return values.map((value) => rankOf(value as Severity));
}

const makers: Makers = {
  q: (text, { hits }) => matches(text.trim(), hits),
  status: anyOf('status'),
  severity: (values) => sql<boolean>`i.severity = any(${ranks(values)}::smallint[])`,
  alertSeverity: (values, { viewer }) => ofAlerts(viewer, sql`a.severity = any(${ranks(values)}::smallint[])`),
  assignee: (values, { viewer }) => assignedToAny('i', values, viewer),
  serviceSource: words('service_sources'),
  detectionSource: words('detection_sources'),
  multipleSources: (wanted) => sql<boolean>`(cardinality(i.service_sources) > 1) = ${wanted}`,
  tactic: (values) => sql<boolean>`i.tactic_mask & ${tacticMask(values as readonly Tactic[])}::integer <> 0`,
  category: words('categories'),
  multipleCategories: (wanted) => sql<boolean>`(cardinality(i.categories) > 1) = ${wanted}`,
  threat: words('threats'),
  entity: (names, { viewer }) =>
    sql<boolean>`i.id in ${incidentsTouching(viewer, entitiesNamed(viewer.tenantId, names))}`,
  deviceGroup: (ids, { viewer }) => inDeviceGroups(viewer, ids.map(Number)),
  osPlatform: trait('os'),
  classification: anyOf('classification'),
  determination: anyOf('determination'),
  investigationState: (values, { viewer }) =>
    ofAlerts(viewer, sql`left(a.investigation_state, 200) = any(${values}::text[])`),
  product: words('products'),
  rule: (values, { viewer }) =>
    sql<boolean>`i.id in (
      select a.incident_id from alert a where ${seesAlert(viewer)}
        and left(a.detector_id, 200) = any(${values}::text[]) and a.detector_id = any(${values}::text[])
      union all
      select a.incident_id from alert a where ${seesAlert(viewer)} and ${hasTrait('policy', values)})`,
  tag: (values) => sql<boolean>`(${indexedWords('custom_tags', values)} or ${indexedWords('system_tags', values)})`,
  from: (instant) => sql<boolean>`i.updated_at >= ${instant}::timestamptz`,
  to: (instant) => sql<boolean>`i.updated_at < ${instant}::timestamptz`,
  minPriority: (score) => sql<boolean>`i.priority_score >= ${score}::integer`,
  kind: () => null,
};

/**
 * A subquery of the incidents that touch one of `entities`, of the given kinds. For a scoped viewer an alert that they
 * see must name it, and it must be no device of others.
 */
export function incidentsTouching(
  viewer: Viewer,
  entities: RawBuilder<unknown>,
  kinds?: readonly string[],
): RawBuilder<unknown> {
  if (seesEverything(viewer)) {
    const ofKinds = kinds === undefined ? sql`` : sql`and ie.kind = any(${kinds}::text[])`;
    return sql`(select ie.incident_id from incident_entity ie
      where ie.tenant_id = ${viewer.tenantId} ${ofKinds} and ie.entity_n in ${entities})`;
  }
  const ofKinds = kinds === undefined ? sql`` : sql`and e.kind = any(${kinds}::text[])`;
  return sql`(select a.incident_id from entity e join alert_entity ae on ae.entity_n = e.n
    join alert a on a.seq = ae.alert_seq
    where e.n in ${entities} ${ofKinds} and ${mayNameEntity(viewer)} and ${seesAlert(viewer)})`;
}

function matches(text: string, hits: AssetHits): Condition | null {
  if (text === '') return null;
  const id = Number(/^#?(\d{1,10})$/.exec(text)?.[1] ?? 0);
  const ids = id > 0 && id < 2 ** 31 ? [...hits, id] : hits;
  const named = sql<boolean>`i.display_name ilike ${containing(text)}`;
  return ids.length === 0 ? named : sql<boolean>`(${named} or i.id = any(${ids}::integer[]))`;
}

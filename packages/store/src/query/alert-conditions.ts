import { type AlertListQuery, type Severity, type Tactic, tacticMask } from '@throughline/model';
import { type RawBuilder, sql } from 'kysely';
import { tunedAs } from '../tuning/tuned-alerts.ts';
import { assignedToAny } from './assignee-condition.ts';
import { entitiesNamed } from './entity-match.ts';
import { hasTrait } from './incident-conditions.ts';
import { containing } from './like.ts';
import { refuseNul } from './query-error.ts';
import { rankOf } from './severity-rank.ts';
import { type Condition, mayNameEntity, seesAlert, type Viewer } from './viewer.ts';

export type AlertFilter = Omit<AlertListQuery, 'sort' | 'dir' | 'limit' | 'cursor'>;

/**
 * The filter of the alert list as conditions on `alert a`, what the viewer may see first. An incident that was merged stands for the
 * one that holds its alerts now.
 *
 * @throws QueryError when a text cannot be searched for.
 */
export function alertConditions(viewer: Viewer, filter: Partial<AlertFilter>): Condition[] {
  refuseNul(filter);
  const conditions: Condition[] = [seesAlert(viewer)];
  for (const [name, value] of Object.entries(filter)) {
    const make = makers[name as keyof AlertFilter] as Maker<unknown> | undefined;
    const condition = value === undefined ? null : make?.(value, viewer);
    if (condition) conditions.push(condition);
  }
  return conditions;
}

type Maker<T> = (value: T, viewer: Viewer) => Condition | null;
type Makers = { [F in keyof AlertFilter]-?: Maker<NonNullable<AlertFilter[F]>> };

const anyOf =
  (column: string): Maker<readonly string[]> =>
  (values) =>
    sql<boolean>`${sql.ref(`a.${column}`)} = any(${values}::text[])`;

const makers: Makers = {
  q: (text) => {
    const wanted = text.trim();
    if (wanted === '') return null;
    return sql<boolean>`(a.title ilike ${containing(wanted)} or a.id = ${wanted} or a.provider_alert_id = ${wanted})`;
  },
  status: anyOf('status'),
  // The query's schema let through severities and tactics only, which its type has forgotten.
  severity: (values) => sql<boolean>`a.severity = any(${values.map((value) => rankOf(value as Severity))}::smallint[])`,
  assignee: (values, viewer) => assignedToAny('a', values, viewer),
  serviceSource: anyOf('service_source'),
  detectionSource: anyOf('detection_source'),
  category: anyOf('category'),
  tactic: (values) => sql<boolean>`a.tactic_mask & ${tacticMask(values as readonly Tactic[])}::integer <> 0`,
  classification: anyOf('classification'),
  determination: anyOf('determination'),
  entity: (names, viewer) => withEntities(viewer, entitiesNamed(viewer.tenantId, names)),
  product: anyOf('product_name'),
  tuningRule: (value) => sql`a.tuning_rule = ${value}`,
  tuned: (state) => tunedAs(state),
  rule: (values) =>
    sql<boolean>`((left(a.detector_id, 200) = any(${values}::text[]) and a.detector_id = any(${values}::text[]))
      or ${hasTrait('policy', values)})`,
  incident: (id, { tenantId }) => sql<boolean>`a.incident_id = ${survivor(tenantId, id)}`,
  from: (instant) => sql<boolean>`a.last_activity >= ${instant}::timestamptz`,
  to: (instant) => sql<boolean>`a.last_activity < ${instant}::timestamptz`,
};

function withEntities(viewer: Viewer, entities: RawBuilder<unknown>): Condition {
  const shown =
    viewer.groups === null
      ? entities
      : sql`(select e.n from entity e where e.n in ${entities} and ${mayNameEntity(viewer)})`;
  return sql<boolean>`a.seq in (select ae.alert_seq from alert_entity ae where ae.entity_n in ${shown})`;
}

function survivor(tenantId: string, id: number): RawBuilder<unknown> {
  return sql`(with recursive chain (id, next) as (
    select m.id, m.redirect_to from incident m where m.tenant_id = ${tenantId} and m.id = ${id}::bigint
    union
    select m.id, m.redirect_to from chain c join incident m on m.tenant_id = ${tenantId} and m.id = c.next
  ) select min(id) from chain where next is null)`;
}

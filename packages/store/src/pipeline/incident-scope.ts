import type { EntityKind } from '@throughline/model';
import { sql } from 'kysely';
import { recordSet } from './record-set.ts';
import type { WriterTransaction } from './writer.ts';

/** Assets of each kind that an incident newly touches. */
export type ScopeChange = {
  id: number;
  devices: number;
  users: number;
  mailboxes: number;
  apps: number;
  cloud_resources: number;
};

export const noScope: Omit<ScopeChange, 'id'> = { devices: 0, users: 0, mailboxes: 0, apps: 0, cloud_resources: 0 };

const scopeColumns: Partial<Record<EntityKind, keyof typeof noScope>> = {
  device: 'devices',
  user: 'users',
  mailbox: 'mailboxes',
  cloudApplication: 'apps',
  cloudResource: 'cloud_resources',
};
const columns = Object.values(scopeColumns);

/** Counts newly touched entities by incident; artefacts are no scope. */
export function countScope(fresh: readonly { incidentId: number; kind: EntityKind }[]): ScopeChange[] {
  const changes = new Map<number, ScopeChange>();
  for (const { incidentId, kind } of fresh) {
    const column = scopeColumns[kind];
    if (!column) continue;
    const change = changes.get(incidentId) ?? { id: incidentId, ...noScope };
    change[column]++;
    changes.set(incidentId, change);
  }
  return [...changes.values()];
}

/** Adds newly touched assets to the incidents' scope counts. */
export async function addToScope(
  trx: WriterTransaction,
  tenantId: string,
  changes: readonly ScopeChange[],
): Promise<void> {
  if (changes.length === 0) return;
  await sql`
    update incident i set ${sql.raw(columns.map((c) => `${c} = i.${c} + t.${c}`).join(', '))}
    from json_to_recordset(${recordSet(changes)}::json) as t (id int, ${sql.raw(columns.map((c) => `${c} int`).join(', '))})
    where i.tenant_id = ${tenantId} and i.id = t.id`.execute(trx);
}

/** Counts the scope of incidents anew, after their entities were moved. */
export async function recountScope(trx: WriterTransaction, tenantId: string, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  const counts = Object.entries(scopeColumns).map(
    ([kind, column]) => `count(*) filter (where kind = '${kind}') as ${column}`,
  );
  await sql`
    update incident i set ${sql.raw(columns.map((c) => `${c} = t.${c}`).join(', '))}
    from (
      select wanted.id, ${sql.raw(counts.join(', '))}
      from unnest(${ids}::int[]) as wanted (id)
      left join incident_entity e on e.tenant_id = ${tenantId} and e.incident_id = wanted.id
      group by wanted.id
    ) as t
    where i.tenant_id = ${tenantId} and i.id = t.id`.execute(trx);
}

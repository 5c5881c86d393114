import type { AuditEntry, AuditFilter, AuditPage, AuditQuery, AuditState } from '@throughline/model';
import { type SelectQueryBuilder, sql } from 'kysely';
import type { Database, Db } from '../database.ts';
import { csvLine } from '../query/csv-line.ts';
import { auditEntryOf, chainedEntry } from './read-chain.ts';

const EXPORT_BATCH = 1000;

/** A page of the audit log, newest first. An unreadable cursor starts at the newest. */
export async function listAudit(db: Db, tenantId: string, query: AuditQuery): Promise<AuditPage> {
  const { limit, cursor = '', ...filter } = query;
  let matching = filtered(db, tenantId, filter);
  if (/^\d{1,15}$/.test(cursor)) matching = matching.where('seq', '<', Number(cursor));
  const rows = await matching
    .orderBy('seq', 'desc')
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit).map((row) => auditEntryOf(chainedEntry(row)));
  return { items, next: rows.length > limit ? String(items.at(-1)?.seq) : null };
}

/** Every entry of the filter, oldest first, as one JSON text a line or as CSV with a header. */
export async function* exportAudit(
  db: Db,
  tenantId: string,
  filter: AuditFilter,
  format: 'ndjson' | 'csv',
): AsyncGenerator<string> {
  if (format === 'csv') yield csvLine(csvHeader);
  for (let place = 0; ; ) {
    const rows = await filtered(db, tenantId, filter)
      .where('seq', '>', place)
      .orderBy('seq')
      .limit(EXPORT_BATCH)
      .execute();
    const entries = rows.map((row) => auditEntryOf(chainedEntry(row)));
    if (entries.length > 0) {
      yield entries.map((entry) => (format === 'csv' ? csvOf(entry) : `${JSON.stringify(entry)}\n`)).join('');
    }
    place = rows.at(-1)?.seq ?? place;
    if (rows.length < EXPORT_BATCH) return;
  }
}

/** How long the chain is, when it was last sealed, and how far its receivers are. */
export async function auditState(db: Db, tenantId: string): Promise<AuditState> {
  const [range, checkpoint, receivers] = await Promise.all([
    db
      .selectFrom('audit_entry')
      .select((eb) => [eb.fn.min('seq').as('first'), eb.fn.max('seq').as('last')])
      .where('tenant_id', '=', tenantId)
      .executeTakeFirstOrThrow(),
    db
      .selectFrom('audit_checkpoint')
      .select(['seq', 'at'])
      .where('tenant_id', '=', tenantId)
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst(),
    db.selectFrom('audit_receiver').selectAll().where('tenant_id', '=', tenantId).orderBy('name').execute(),
  ]);
  const { first, last } = range;
  return {
    entries: first === null || last === null ? 0 : last - first + 1,
    first,
    last,
    checkpoint: checkpoint ?? null,
    receivers: receivers.map(({ name, position, last_sent_at, last_error }) => ({
      name,
      waiting: Math.max(0, (last ?? 0) - position),
      lastSentDateTime: last_sent_at,
      lastError: last_error,
    })),
  };
}

type Entries = SelectQueryBuilder<Database, 'audit_entry', AuditEntryRow>;
type AuditEntryRow = Parameters<typeof chainedEntry>[0];

function filtered(db: Db, tenantId: string, { actor, action, outcome, target, from, to }: AuditFilter): Entries {
  let matching: Entries = db.selectFrom('audit_entry').selectAll().where('tenant_id', '=', tenantId);
  if (actor !== undefined) matching = matching.where(sql`lower(actor_name)`, '=', storable(actor).toLowerCase());
  if (action !== undefined) matching = matching.where('action', 'in', action);
  if (outcome !== undefined) matching = matching.where('outcome', 'in', outcome);
  if (target !== undefined) {
    const [kind = '', ...id] = storable(target).split('/');
    matching = matching.where('target_kind', '=', kind);
    if (id.length > 0) matching = matching.where('target_id', '=', id.join('/'));
  }
  if (from !== undefined) matching = matching.where('at', '>=', from);
  if (to !== undefined) matching = matching.where('at', '<', to);
  return matching;
}

function storable(text: string): string {
  return text.replaceAll('\0', '\u{FFFD}').toWellFormed();
}

const csvHeader = [
  'seq',
  'at',
  'action',
  'outcome',
  'actorKind',
  'actor',
  'targetKind',
  'target',
  'address',
  'requestId',
  'details',
  'hash',
];

function csvOf({ seq, at, action, outcome, actor, target, address, requestId, details, hash }: AuditEntry): string {
  const place = [target?.kind ?? null, target?.id ?? null];
  const rest = [address, requestId, JSON.stringify(details), hash];
  return csvLine([seq, at, action, outcome, actor.kind, actor.name, ...place, ...rest]);
}

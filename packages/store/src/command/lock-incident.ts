import type { Db } from '../database.ts';
import { survivingIncident } from '../query/incident-family.ts';
import { seesIncident, type Viewer } from '../query/viewer.ts';
import { ChangeError } from './change-error.ts';

const columns = [
  'id',
  'kind',
  'display_name',
  'name_locked',
  'severity',
  'severity_locked',
  'status',
  'classification',
  'determination',
  'assigned_to',
  'custom_tags',
  'resolving_comment',
  'facts',
  'redirect_to',
] as const;

/**
 * Locks an incident that can be changed until the transaction ends, and reads it.
 *
 * @throws ChangeError `notFound` for what the viewer does not see, or `redirected` with the survivor.
 */
export async function lockIncident(trx: Db, viewer: Viewer, id: number) {
  const row =
    Number.isInteger(id) && id > 0 && id < 2 ** 31
      ? await trx
          .selectFrom('incident as i')
          .select(columns)
          .where(seesIncident(viewer))
          .where('id', '=', id)
          .forUpdate()
          .executeTakeFirst()
      : undefined;
  if (row === undefined) throw new ChangeError('notFound', 'incident', `There is no incident ${id}.`);
  if (row.redirect_to !== null) {
    const redirect = (await survivingIncident(trx, viewer, id)) ?? row.redirect_to;
    throw new ChangeError(
      'redirected',
      'incident',
      `Incident ${id} was merged into ${redirect}; change that.`,
      redirect,
    );
  }
  return row;
}

export type LockedIncident = Awaited<ReturnType<typeof lockIncident>>;

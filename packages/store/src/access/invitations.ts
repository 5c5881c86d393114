import type { Invitation, Role } from '@throughline/model';
import { sql } from 'kysely';
import { noteChange } from '../audit/audited.ts';
import { inTransaction } from '../command/in-transaction.ts';
import type { Db } from '../database.ts';
import { checkAssignees } from '../scope/assignees.ts';
import { readLocalSignIn } from '../sso/local-sign-in.ts';
import { AccessError } from './access-error.ts';
import { findAccount, requireUsableName } from './accounts.ts';
import { hashSecret, newSecret } from './secret.ts';

const DAY_MS = 24 * 3_600_000;

/** What an invitation says of the account to come. */
export type InvitationFields = {
  userName: string;
  displayName: string;
  role: Role;
  userGroupIds: readonly number[];
  note: string;
};
/** Who invites, when, and for how long. */
export type Inviter = { tenantId: string; accountId: number; now: Date; days: number };

/** The open invitations of a tenant, those too old among them, newest first. */
export async function listInvitations(db: Db, tenantId: string, now: Date, id?: number): Promise<Invitation[]> {
  const { rows } = await sql<Invitation>`
    select i.id, i.user_name as "userName", i.display_name as "displayName", i.role, i.note,
      a.display_name as "invitedBy", i.created_at as "createdDateTime", i.expires_at as "expiresDateTime",
      i.expires_at <= ${now} as expired,
      (select coalesce(json_agg(json_build_object('id', g.id, 'name', g.name) order by lower(g.name)), '[]')
        from user_group g where g.tenant_id = i.tenant_id and g.id = any(i.user_group_ids)) as "userGroups"
    from invitation i join account a on a.id = i.invited_by
    where i.tenant_id = ${tenantId} ${id === undefined ? sql`` : sql`and i.id = ${id}`}
    order by i.id desc`.execute(db);
  return rows;
}

/**
 * Invites somebody; `secret` is shown once. No account is made yet.
 *
 * @throws AccessError `userNameTaken` by an account or another invitation, `passwordsOff`; ScopeError `noSuchGroup`.
 */
export async function createInvitation(
  db: Db,
  { tenantId, accountId, now, days }: Inviter,
  fields: InvitationFields,
): Promise<{ invitation: Invitation; secret: string }> {
  const { userName, displayName, role, userGroupIds, note } = fields;
  requireUsableName(userName);
  const secret = newSecret();
  return inTransaction(db, async (trx) => {
    await requirePasswords(trx, tenantId);
    await checkAssignees(trx, tenantId, { userGroupIds });
    if ((await findAccount(trx, tenantId, userName)) !== undefined) {
      throw new AccessError('userNameTaken', `There is already an account named "${userName}".`);
    }
    const row = await trx
      .insertInto('invitation')
      .values({
        tenant_id: tenantId,
        token_hash: hashSecret(secret),
        user_name: userName,
        display_name: displayName,
        role,
        user_group_ids: [...new Set(userGroupIds)],
        note,
        invited_by: accountId,
        created_at: now,
        expires_at: new Date(now.getTime() + days * DAY_MS),
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (row === undefined) throw new AccessError('userNameTaken', `"${userName}" is invited already: send that again.`);
    noteChange(trx, { target: invitationTarget(row.id), after: { ...fields, days } });
    return { invitation: await requireInvitation(trx, tenantId, row.id, now), secret };
  });
}

/**
 * Gives an invitation a new link and a new end; the old link is dead. Who sends it again answers for it from then on.
 *
 * @throws AccessError `noSuchInvitation`, `passwordsOff`; ScopeError `noSuchGroup` when a group it names was deleted.
 */
export async function resendInvitation(
  db: Db,
  { tenantId, accountId, now, days }: Inviter,
  id: number,
): Promise<{ invitation: Invitation; secret: string }> {
  const secret = newSecret();
  return inTransaction(db, async (trx) => {
    await requirePasswords(trx, tenantId);
    const row = await trx
      .updateTable('invitation')
      .set({
        token_hash: hashSecret(secret),
        invited_by: accountId,
        expires_at: new Date(now.getTime() + days * DAY_MS),
      })
      .where('tenant_id', '=', tenantId)
      .where('id', '=', id)
      .returning('user_group_ids')
      .executeTakeFirst();
    if (row === undefined) throw noSuchInvitation();
    await checkAssignees(trx, tenantId, { userGroupIds: row.user_group_ids });
    const invitation = await requireInvitation(trx, tenantId, id, now);
    noteChange(trx, { target: invitationTarget(id), after: { userName: invitation.userName, days } });
    return { invitation, secret };
  });
}

/** What an invitation of the tenant gives, whatever its age. Throws AccessError `noSuchInvitation`. */
export async function invitationGives(
  db: Db,
  tenantId: string,
  id: number,
): Promise<{ role: Role; userGroupIds: number[] }> {
  const row = await db
    .selectFrom('invitation')
    .select(['role', 'user_group_ids as userGroupIds'])
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw noSuchInvitation();
  return row;
}

/** Withdraws an invitation; its link is dead. Throws AccessError `noSuchInvitation`. */
export async function revokeInvitation(db: Db, tenantId: string, id: number): Promise<void> {
  await inTransaction(db, async (trx) => {
    const row = await trx
      .deleteFrom('invitation')
      .where('tenant_id', '=', tenantId)
      .where('id', '=', id)
      .returning('user_name')
      .executeTakeFirst();
    if (row === undefined) throw noSuchInvitation();
    noteChange(trx, { target: invitationTarget(id), before: { userName: row.user_name } });
  });
}

async function requireInvitation(db: Db, tenantId: string, id: number, now: Date): Promise<Invitation> {
  const [invitation] = await listInvitations(db, tenantId, now, id);
  if (invitation === undefined) throw noSuchInvitation();
  return invitation;
}

function noSuchInvitation(): AccessError {
  return new AccessError('noSuchInvitation', 'There is no such invitation: it was accepted or withdrawn.');
}

/**
 * An invited person sets a password, which must be of use.
 *
 * @throws AccessError `passwordsOff` where only providers let people in.
 */
export async function requirePasswords(db: Db, tenantId: string): Promise<void> {
  if (await readLocalSignIn(db, tenantId)) return;
  const message = 'Sign-in by password is turned off here: people come in through the provider, without invitation.';
  throw new AccessError('passwordsOff', message);
}

/** What the audit log calls an invitation. */
export function invitationTarget(id: number) {
  return { kind: 'invitation', id: String(id) };
}

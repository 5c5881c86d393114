import type { Account } from '@throughline/model';
import { sql } from 'kysely';
import { noteChange } from '../audit/audited.ts';
import { inTransaction } from '../command/in-transaction.ts';
import type { Db } from '../database.ts';
import { checkAssignees, lockAssignments } from '../scope/assignees.ts';
import { ScopeError } from '../scope/scope-error.ts';
import { AccessError } from './access-error.ts';
import { createAccount } from './accounts.ts';
import { type InvitationFields, invitationTarget, requirePasswords } from './invitations.ts';
import { hashSecret, looksLikeSecret } from './secret.ts';

/** An invitation that can be accepted, and who answers for it. */
export type OpenInvitation = InvitationFields & {
  id: number;
  tenantId: string;
  invitedById: number;
  invitedBy: string;
  expiresDateTime: string;
};

/**
 * The invitation of a link.
 *
 * @throws AccessError `invitationNotValid` for a link that is unknown, used, withdrawn or replaced; `invitationExpired`;
 * `passwordsOff`.
 */
export async function openInvitation(db: Db, secret: string, now: Date): Promise<OpenInvitation> {
  const { rows } = looksLikeSecret(secret) ? await withSecret(db, secret, sql``) : { rows: [] };
  const open = requireOpen(rows[0], now);
  await requirePasswords(db, open.tenantId);
  return open;
}

/**
 * Makes the account that a link invites to and uses the link up: of several at once one gets it.
 *
 * @param judge throws when who invited may no longer give what the invitation gives; it reads in the same transaction.
 * @throws AccessError as `openInvitation`, and `userNameTaken`.
 */
export async function acceptInvitation(
  db: Db,
  secret: string,
  { displayName, passwordHash }: { displayName: string; passwordHash: string },
  now: Date,
  judge: (trx: Db, invitation: OpenInvitation) => Promise<void>,
): Promise<Account> {
  const { tenantId } = await openInvitation(db, secret, now);
  return inTransaction(db, async (trx) => {
    // The rights of who invited and the groups stay as they are read until the account is there.
    await lockAssignments(trx, tenantId);
    const { rows } = await withSecret(trx, secret, sql`for update of i`);
    const open = requireOpen(rows[0], now);
    await requirePasswords(trx, open.tenantId);
    await requireGroups(trx, open);
    await judge(trx, open);
    const { id, userName, role, userGroupIds } = open;
    const account = await createAccount(trx, tenantId, { userName, displayName, role });
    await trx.updateTable('account').set({ password_hash: passwordHash }).where('id', '=', account.id).execute();
    await sql`insert into user_group_member (user_group_id, account_id)
      select g, ${account.id}::int from unnest(${userGroupIds}::int[]) g`.execute(trx);
    await trx.deleteFrom('invitation').where('id', '=', id).execute();
    noteChange(trx, {
      actor: { kind: 'person', name: userName, id: String(account.id) },
      target: invitationTarget(id),
      after: { account: account.id, userName, displayName, role, userGroupIds, invitedBy: open.invitedBy },
    });
    return account;
  });
}

function withSecret(db: Db, secret: string, lock: ReturnType<typeof sql>) {
  return sql<OpenInvitation>`
    select i.id, i.tenant_id as "tenantId", i.user_name as "userName", i.display_name as "displayName", i.role, i.note,
      i.user_group_ids as "userGroupIds", i.invited_by as "invitedById", a.display_name as "invitedBy",
      i.expires_at as "expiresDateTime"
    from invitation i join account a on a.id = i.invited_by
    where i.token_hash = ${hashSecret(secret)} ${lock}`.execute(db);
}

function requireOpen(invitation: OpenInvitation | undefined, now: Date): OpenInvitation {
  if (invitation === undefined) {
    const message =
      'This invitation was used, withdrawn or sent again with another link. Ask who invited you for a new one.';
    throw new AccessError('invitationNotValid', message);
  }
  if (Date.parse(invitation.expiresDateTime) <= now.getTime()) {
    const message = 'This invitation is too old. Ask who invited you to send it again.';
    throw new AccessError('invitationExpired', message);
  }
  return invitation;
}

// A group may be what keeps a person from seeing everything: without it there is no account.
async function requireGroups(trx: Db, { tenantId, userGroupIds }: OpenInvitation): Promise<void> {
  try {
    await checkAssignees(trx, tenantId, { userGroupIds });
  } catch (error) {
    if (!(error instanceof ScopeError)) throw error;
    const message = 'A group that this invitation names was deleted. Ask who invited you for a new one.';
    throw new AccessError('invitationNotValid', message);
  }
}

import type { MappingGift, SignInProvider, SsoFailure } from '@throughline/model';
import { AccessError } from '../access/access-error.ts';
import { requireUsableName } from '../access/accounts.ts';
import { noteChange } from '../audit/audited.ts';
import { announce } from '../command/announce.ts';
import { inTransaction } from '../command/in-transaction.ts';
import type { Db } from '../database.ts';
import { lockAssignments } from '../scope/assignees.ts';
import { bringInLine } from './bring-in-line.ts';
import { giftsFor } from './mappings.ts';

/** Who came from a provider, as its verified ID token says. */
export type Arrival = {
  issuer: string;
  subject: string;
  userName: string;
  displayName: string;
  /** Values of the groups claim. */
  values: readonly string[];
};

/** The account that came in, or why nobody did. */
export type Admission = { accountId: number } | { failure: SsoFailure };

type Known = { id: number; accountId: number };

/**
 * Finds or makes the account of an identity and brings its rights in line with the claims, in one transaction. Issuer
 * and subject alone decide whose it is. Who is refused because no group is mapped any more loses what earlier claims
 * gave, except scope, and the sessions that began here.
 */
export async function admit(
  db: Db,
  tenantId: string,
  provider: Pick<SignInProvider, 'id' | 'admission'>,
  arrival: Arrival,
  now: Date,
): Promise<Admission> {
  return arrive(db, tenantId, provider, arrival, async (trx, gifts, known) => {
    if (gifts === undefined) {
      if (known !== undefined) await turnAway(trx, tenantId, known);
      return { failure: 'notMapped' };
    }
    const identity = known ?? (await newAccount(trx, tenantId, provider.id, arrival, now));
    await align(trx, tenantId, identity, gifts, provider.id, known === undefined ? arrival : undefined);
    await trx.updateTable('account_identity').set({ last_sign_in_at: now }).where('id', '=', identity.id).execute();
    return { accountId: identity.accountId };
  });
}

/** Links an identity to an account that is signed in, and brings its rights in line. An identity of another is refused. */
export async function linkIdentity(
  db: Db,
  tenantId: string,
  provider: Pick<SignInProvider, 'id' | 'admission'>,
  accountId: number,
  arrival: Arrival,
  now: Date,
): Promise<Admission> {
  return arrive(db, tenantId, provider, arrival, async (trx, gifts, known) => {
    if (known !== undefined && known.accountId !== accountId) return { failure: 'identityTaken' };
    if (gifts === undefined) return { failure: 'notMapped' };
    const identity = known ?? (await addIdentity(trx, tenantId, provider.id, accountId, arrival, now));
    await align(trx, tenantId, identity, gifts, provider.id, arrival);
    return { accountId };
  });
}

// `gifts` undefined: the provider lets mapped people in only, and nothing is mapped.
async function arrive(
  db: Db,
  tenantId: string,
  provider: Pick<SignInProvider, 'id' | 'admission'>,
  { issuer, subject, values }: Arrival,
  decide: (trx: Db, gifts: MappingGift[] | undefined, known: Known | undefined) => Promise<Admission>,
): Promise<Admission> {
  return inTransaction(db, async (trx) => {
    await lockAssignments(trx, tenantId);
    const known = await trx
      .selectFrom('account_identity')
      .innerJoin('account', 'account.id', 'account_identity.account_id')
      .select(['account_identity.id', 'account_id as accountId', 'disabled'])
      .where('account_identity.tenant_id', '=', tenantId)
      .where('issuer', '=', issuer)
      .where('subject', '=', subject)
      .executeTakeFirst();
    if (known?.disabled === true) return { failure: 'accountDisabled' };
    const gifts = await giftsFor(trx, provider.id, values);
    return decide(trx, gifts.length === 0 && provider.admission === 'mapped' ? undefined : gifts, known);
  });
}

async function align(
  trx: Db,
  tenantId: string,
  { id, accountId }: Known,
  gifts: readonly MappingGift[],
  providerId: number,
  arrived?: Arrival,
): Promise<void> {
  const { before, after, sight } = await bringInLine(trx, tenantId, { identityId: id, accountId }, gifts);
  const identity = arrived === undefined ? {} : { identity: { issuer: arrived.issuer, subject: arrived.subject } };
  if (Object.keys({ ...after, ...identity }).length > 0) {
    const target = { kind: 'account', id: String(accountId) };
    noteChange(trx, { target, before, after: { ...after, ...identity, provider: providerId } });
  }
  if (sight) await announce(trx, tenantId, [{ type: 'reset' }]);
}

async function turnAway(trx: Db, tenantId: string, { id, accountId }: Known): Promise<void> {
  const done = await bringInLine(trx, tenantId, { identityId: id, accountId }, [], { keepScope: true });
  await trx.deleteFrom('session').where('account_id', '=', accountId).where('method', '=', 'sso').execute();
  if (Object.keys(done.after).length === 0) return;
  noteChange(trx, { target: { kind: 'account', id: String(accountId) }, before: done.before, after: done.after });
  if (done.sight) await announce(trx, tenantId, [{ type: 'reset' }]);
}

async function newAccount(trx: Db, tenantId: string, providerId: number, arrival: Arrival, now: Date): Promise<Known> {
  const { userName, displayName } = arrival;
  for (let suffix = 1; ; suffix++) {
    const name = suffix === 1 ? userName : `${userName}-${suffix}`;
    if (!isUsable(name)) continue;
    const row = await trx
      .insertInto('account')
      .values({ tenant_id: tenantId, user_name: name, display_name: displayName, role: 'reader' })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (row !== undefined) return addIdentity(trx, tenantId, providerId, row.id, arrival, now);
  }
}

async function addIdentity(
  trx: Db,
  tenantId: string,
  providerId: number,
  accountId: number,
  { issuer, subject }: Arrival,
  now: Date,
): Promise<Known> {
  const { role } = await trx.selectFrom('account').select('role').where('id', '=', accountId).executeTakeFirstOrThrow();
  const { id } = await trx
    .insertInto('account_identity')
    .values({
      tenant_id: tenantId,
      account_id: accountId,
      provider_id: providerId,
      issuer,
      subject,
      role_base: role,
      created_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { id, accountId };
}

function isUsable(userName: string): boolean {
  try {
    requireUsableName(userName);
    return true;
  } catch (error) {
    if (error instanceof AccessError) return false;
    throw error;
  }
}

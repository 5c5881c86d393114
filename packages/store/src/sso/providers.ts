import type { SignInProvider, SignInProviderBody, SignInProviderChange, WaysIn } from '@throughline/model';
import { sql } from 'kysely';
import { noteChange } from '../audit/audited.ts';
import { announce } from '../command/announce.ts';
import { inTransaction } from '../command/in-transaction.ts';
import type { Db } from '../database.ts';
import { changedFields } from '../notify/changed-fields.ts';
import { lockAssignments } from '../scope/assignees.ts';
import type { SecretKeys } from '../secret/secret-keys.ts';
import { sealSecretIn, secretDestination, wipeSecret } from '../secret/secrets.ts';
import { withdrawAll } from './bring-in-line.ts';
import { readLocalSignIn } from './local-sign-in.ts';
import { providerSecretOwner, providerSecretPlace } from './provider-secret.ts';
import { SsoError } from './sso-error.ts';
import { isFullAdministrator, isOpenWay } from './usable-administrator.ts';
import { requireWayIn } from './ways-in.ts';

/** Who changes providers, when, and what seals their secrets. */
export type ProviderChanger = { tenantId: string; by: string; now: Date; keys: SecretKeys };

/** The providers of a tenant, by name; never their secrets. */
export async function listProviders(db: Db, tenantId: string, id?: number): Promise<SignInProvider[]> {
  const { rows } = await sql<SignInProvider>`
    select p.id, p.name, p.issuer, p.client_id as "clientId", p.scopes, p.groups_claim as "groupsClaim",
      p.user_name_claim as "userNameClaim", p.admission, p.enabled,
      p.changed_at as "changedDateTime", p.changed_by as "changedBy",
      exists (select from secret s where s.tenant_id = p.tenant_id and s.owner = 'signIn.provider/' || p.id) as "hasSecret",
      (select count(*) from account_identity i where i.provider_id = p.id) as accounts,
      exists (select from account_identity i join account a on a.id = i.account_id
        where ${isOpenWay} and ${isFullAdministrator} and i.last_sign_in_at > p.changed_at) as proven
    from sign_in_provider p where p.tenant_id = ${tenantId} ${id === undefined ? sql`` : sql`and p.id = ${id}`}
    order by lower(p.name)`.execute(db);
  return rows;
}

/** One of them. Throws SsoError `noSuchProvider`. */
export async function requireProvider(db: Db, tenantId: string, id: number): Promise<SignInProvider> {
  const [provider] = await listProviders(db, tenantId, id);
  if (provider === undefined) throw new SsoError('noSuchProvider', 'There is no such sign-in provider.');
  return provider;
}

/** What the sign-in page offers: enabled providers, and whether it asks for a password. */
export async function readWaysIn(db: Db, tenantId: string): Promise<WaysIn> {
  const providers = await db
    .selectFrom('sign_in_provider')
    .select(['id', 'name'])
    .where('tenant_id', '=', tenantId)
    .where('enabled', '=', true)
    .orderBy(sql`lower(name)`)
    .execute();
  return { local: await readLocalSignIn(db, tenantId), providers };
}

/** Adds a provider. Throws SsoError `nameTaken`, `issuerTaken`; SecretError when its secret cannot be sealed. */
export async function createProvider(db: Db, who: ProviderChanger, body: SignInProviderBody): Promise<SignInProvider> {
  const { tenantId, by, now } = who;
  return inTransaction(db, async (trx) => {
    const { id } = await withFreePlace(body, () =>
      trx
        .insertInto('sign_in_provider')
        .values({
          tenant_id: tenantId,
          name: body.name,
          issuer: body.issuer,
          client_id: body.clientId,
          scopes: body.scopes,
          groups_claim: body.groupsClaim,
          user_name_claim: body.userNameClaim,
          admission: body.admission,
          enabled: body.enabled,
          changed_at: now,
          changed_by: by,
        })
        .returning('id')
        .executeTakeFirstOrThrow(),
    );
    const secret = await setSecret(trx, who, { id, issuer: body.issuer }, undefined, body.clientSecret);
    noteChange(trx, { target: targetOf(id), after: { ...facts(body), ...secret } });
    return requireProvider(trx, tenantId, id);
  });
}

/**
 * Changes the given fields of a provider. Whatever could keep people out makes its proof void.
 *
 * @throws SsoError `noSuchProvider`, `nameTaken`, `issuerTaken`, `lastWayIn`; SecretError when its secret cannot be sealed.
 */
export async function changeProvider(
  db: Db,
  who: ProviderChanger,
  id: number,
  change: SignInProviderChange,
): Promise<SignInProvider> {
  const { tenantId, by, now } = who;
  return inTransaction(db, async (trx) => {
    await lockAssignments(trx, tenantId);
    const before = await requireProvider(trx, tenantId, id);
    const { clientSecret, ...given } = change;
    const next = { ...before, ...definedOf(given) };
    const secret = await setSecret(trx, who, next, before.issuer, clientSecret);
    const { before: was, after } = changedFields(facts(before), facts(next));
    const onlyWords = Object.keys({ ...after, ...secret }).every((name) => name === 'name');
    await withFreePlace(next, () =>
      trx
        .updateTable('sign_in_provider')
        .set({
          name: next.name,
          issuer: next.issuer,
          client_id: next.clientId,
          scopes: next.scopes,
          groups_claim: next.groupsClaim,
          user_name_claim: next.userNameClaim,
          admission: next.admission,
          enabled: next.enabled,
          changed_at: onlyWords ? before.changedDateTime : now,
          changed_by: by,
        })
        .where('id', '=', id)
        .execute(),
    );
    await requireWayIn(trx, tenantId);
    noteChange(trx, { target: targetOf(id), before: was, after: { ...after, ...secret } });
    return requireProvider(trx, tenantId, id);
  });
}

/**
 * Removes a provider with its secret, mappings and links. What its claims gave goes too, but for groups of people with
 * device groups: who lost those would see everything.
 *
 * @throws SsoError `noSuchProvider`, `lastWayIn`.
 */
export async function deleteProvider(db: Db, tenantId: string, id: number): Promise<void> {
  await inTransaction(db, async (trx) => {
    await lockAssignments(trx, tenantId);
    const before = await requireProvider(trx, tenantId, id);
    const sight = await withdrawAll(trx, tenantId, { providerId: id });
    await trx.deleteFrom('sign_in_provider').where('id', '=', id).execute();
    await wipeSecret(trx, tenantId, providerSecretOwner(id));
    await requireWayIn(trx, tenantId);
    noteChange(trx, { target: targetOf(id), before: facts(before) });
    if (sight) await announce(trx, tenantId, [{ type: 'reset' }]);
  });
}

// What the audit log may hold; the secret is told as changed or wiped.
function facts(provider: Omit<SignInProviderBody, 'clientSecret'>) {
  const { name, issuer, clientId, scopes, groupsClaim, userNameClaim, admission, enabled } = provider;
  return { name, issuer, clientId, scopes, groupsClaim, userNameClaim, admission, enabled };
}

async function setSecret(
  trx: Db,
  { tenantId, keys, now }: ProviderChanger,
  provider: { id: number; issuer: string },
  issuerBefore: string | undefined,
  value: string | null | undefined,
): Promise<{ clientSecret?: 'changed' | 'wiped' }> {
  if (typeof value === 'string') {
    await sealSecretIn(trx, keys, providerSecretPlace(tenantId, provider), value, now);
    return { clientSecret: 'changed' };
  }
  const moved = issuerBefore !== undefined && secretDestination(issuerBefore) !== secretDestination(provider.issuer);
  if (value !== null && !moved) return {};
  await wipeSecret(trx, tenantId, providerSecretOwner(provider.id));
  return { clientSecret: 'wiped' };
}

async function withFreePlace<T>({ name, issuer }: { name: string; issuer: string }, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const { code, constraint = '' } = error as { code?: string; constraint?: string };
    if (code !== '23505') throw error;
    if (constraint.endsWith('_name')) throw new SsoError('nameTaken', `There is another provider named “${name}”.`);
    throw new SsoError('issuerTaken', `There is another provider with the issuer ${issuer}.`);
  }
}

function definedOf(change: SignInProviderChange): Partial<SignInProviderBody> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}

function targetOf(id: number) {
  return { kind: 'signInProvider', id: String(id) };
}

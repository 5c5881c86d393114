import { hashSecret, looksLikeSecret, newSecret } from '../access/secret.ts';
import type { Db } from '../database.ts';

/** A sign-in that went to a provider has to come back within this time, ms. */
export const signInFlowMs = 10 * 60_000;

/** What is remembered of a sign-in while its person is at the provider. */
export type SignInFlow = {
  tenantId: string;
  providerId: number;
  state: string;
  nonce: string;
  codeVerifier: string;
  redirectUri: string;
  returnPath: string;
  /** The account to be linked, with the session it was asked in. */
  link?: { accountId: number; session: string } | undefined;
};

/** A flow that came back; of a session only the hash is known. */
export type ReturnedFlow = Omit<SignInFlow, 'link'> & {
  link: { accountId: number; isSession: (secret: string) => boolean } | undefined;
};

/** Remembers a flow; returns the secret for the browser's cookie. Forgets those that are too old. */
export async function startFlow(db: Db, flow: SignInFlow, now: Date): Promise<string> {
  const secret = newSecret();
  await db.deleteFrom('sign_in_flow').where('expires_at', '<', now.toISOString()).execute();
  await db
    .insertInto('sign_in_flow')
    .values({
      token_hash: hashSecret(secret),
      tenant_id: flow.tenantId,
      provider_id: flow.providerId,
      state: flow.state,
      nonce: flow.nonce,
      code_verifier: flow.codeVerifier,
      redirect_uri: flow.redirectUri,
      return_path: flow.returnPath,
      account_id: flow.link?.accountId ?? null,
      session_hash: flow.link === undefined ? null : hashSecret(flow.link.session),
      expires_at: new Date(now.getTime() + signInFlowMs),
    })
    .execute();
  return secret;
}

/** Uses a flow up: undefined when it is unknown, was used or is too old. */
export async function takeFlow(db: Db, secret: string, now: Date): Promise<ReturnedFlow | undefined> {
  if (!looksLikeSecret(secret)) return undefined;
  // One statement: of two answers with the same cookie only one gets the row.
  const row = await db
    .deleteFrom('sign_in_flow')
    .where('token_hash', '=', hashSecret(secret))
    .returningAll()
    .executeTakeFirst();
  if (row === undefined || Date.parse(row.expires_at) <= now.getTime()) return undefined;
  const { account_id: accountId, session_hash: hash } = row;
  return {
    tenantId: row.tenant_id,
    providerId: row.provider_id,
    state: row.state,
    nonce: row.nonce,
    codeVerifier: row.code_verifier,
    redirectUri: row.redirect_uri,
    returnPath: row.return_path,
    link:
      accountId === null || hash === null
        ? undefined
        : { accountId, isSession: (session) => hashSecret(session).equals(hash) },
  };
}

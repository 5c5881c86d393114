import { type Db, readAccountOf, type StoredPasskey } from '@throughline/store';
import type { Told } from './tell.ts';

/** Whose a passkey is, for the audit log. */
export async function accountOfPasskey(db: Db, { accountId }: StoredPasskey): Promise<Told> {
  const account = await readAccountOf(db, accountId);
  return { accountId, ...account };
}

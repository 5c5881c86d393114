import type { Writer, WriterTransaction } from './writer.ts';

const probe = '~probe';

class RolledBack extends Error {}

/** Runs `work` for a tenant that exists only within one transaction, which is always rolled back. Rethrows what `work` throws. */
export async function probeTenant(
  writer: Writer,
  work: (trx: WriterTransaction, tenantId: string) => Promise<void>,
): Promise<void> {
  try {
    await writer.transaction().execute(async (trx) => {
      await trx.insertInto('tenant').values({ id: probe, name: probe }).execute();
      await work(trx, probe);
      throw new RolledBack();
    });
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
  }
}

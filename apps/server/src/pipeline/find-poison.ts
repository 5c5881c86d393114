import type { CorrelationConfig } from '@throughline/correlate';
import { type PendingAlert, probeTenant, type WaitingBatch, type Writer } from '@throughline/store';
import { emptyState } from './engine-state.ts';
import { processBatches } from './process-batches.ts';
import { isRefusal } from './refusal-error.ts';

/**
 * Finds the alerts of a batch that cannot be stored, with the reason each: tries halves, quarters and so on in the name
 * of a tenant that exists only within transactions that are rolled back, so that nothing real is touched.
 *
 * @throws whatever is no refusal (a lost connection, a full disk).
 */
export async function findPoison(
  writer: Writer,
  batch: WaitingBatch,
  config: CorrelationConfig,
  now: Date,
): Promise<Map<PendingAlert, string>> {
  const poison = new Map<PendingAlert, string>();
  const search = async (alerts: PendingAlert[]): Promise<void> => {
    const refusal = await probe(writer, { ...batch, alerts }, config, now);
    if (refusal === null) return;
    const [only] = alerts;
    if (alerts.length === 1 && only) return void poison.set(only, refusal);
    const half = Math.ceil(alerts.length / 2);
    await search(alerts.slice(0, half));
    await search(alerts.slice(half));
  };
  await search(batch.alerts);
  return poison;
}

async function probe(
  writer: Writer,
  batch: WaitingBatch,
  config: CorrelationConfig,
  now: Date,
): Promise<string | null> {
  try {
    await probeTenant(writer, (trx, tenantId) =>
      processBatches(trx, [batch], { tenantId, state: emptyState(config), now }),
    );
    return null;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return (error as Error).message;
  }
}

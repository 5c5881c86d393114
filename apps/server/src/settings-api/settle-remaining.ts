import { readRemaining, type SettleRemaining, settleIncidents, type WriterTransaction } from '@throughline/store';
import { foldHeldAlerts } from '../pipeline/fold-held-alerts.ts';

/** Folds incidents anew from the alerts they still hold: name, severity, priority, assets, counts and times. */
export const settleRemaining: SettleRemaining = async (trx, tenantId, ids, now) => {
  const { alerts, background, survivors } = await readRemaining(trx, tenantId, ids);
  const fold = foldHeldAlerts((entityId) => survivors.get(entityId) ?? entityId);
  for (const alert of alerts) fold.add(alert);
  const { writes } = fold.done((id) => background.has(id), now.getTime());
  await settleIncidents(trx as WriterTransaction, tenantId, now.toISOString(), writes);
};

import type { HuntingRow } from '@throughline/model/hunting';
import { fields } from '../../field/value.ts';
import { row } from '../row/row.ts';
import { columnsByName, columnValue } from '../row/table-columns.ts';
import { known } from '../row/value.ts';
import type { When } from '../row/when.ts';
import type { EntraRecord } from './entra-record.ts';

/** The row of Sentinel's AuditLogs table. */
export function auditLogRow({ envelope, properties }: EntraRecord, time: When): HuntingRow {
  const initiator = fields(properties.initiatedBy);
  const who = fields(initiator.user ?? initiator.app);
  return row('AuditLogs', time, columnsByName('AuditLogs', envelope), columnsByName('AuditLogs', properties), {
    AADOperationType: known(properties.operationType),
    AADTenantId: known(envelope.tenantId) ?? known(properties.tenantId),
    Identity:
      known(envelope.identity) ?? known(properties.identity) ?? known(who.displayName) ?? known(who.userPrincipalName),
    OperationName: known(properties.activityDisplayName) ?? known(envelope.operationName),
    // Graph calls the category of the activity so; the envelope's is the name of the log.
    Category: known(properties.category) ?? known(envelope.category),
    DurationMs: columnValue('long', envelope.durationMs),
  });
}

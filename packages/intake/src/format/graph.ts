import { fields, isFields, list } from '../field/value.ts';
import { attempt, type IntakeFormat, type Outcome } from '../outcome.ts';
import { readGraphAlert } from './graph-alert.ts';

const alertType = '#microsoft.graph.security.alert';
const incidentType = '#microsoft.graph.security.incident';

/** Microsoft Graph security: alerts_v2 and incidents with their alerts expanded. */
export const graph: IntakeFormat = {
  name: 'graph',
  about: 'Microsoft Graph security alerts_v2 and incidents with expanded alerts (single, list response, NDJSON)',

  recognises(record) {
    return isFields(record) && (isGraphAlert(record) || isGraphIncident(record));
  },

  read(record, context) {
    const found = fields(record);
    if (!isGraphIncident(found)) return [{ alert: readGraphAlert(found, context) }];
    const alerts = list(found.alerts);
    if (alerts.length === 0) return [{ reject: { reason: 'notAnAlert', detail: 'incident without expanded alerts' } }];
    return alerts.flatMap((alert): Outcome[] => attempt(() => [{ alert: readGraphAlert(alert, context) }]));
  },
};

function isGraphAlert(record: Record<string, unknown>): boolean {
  if (record['@odata.type'] === alertType) return true;
  return (
    ('createdDateTime' in record || 'firstActivityDateTime' in record) &&
    ('serviceSource' in record || 'providerAlertId' in record || 'evidence' in record)
  );
}

function isGraphIncident(record: Record<string, unknown>): boolean {
  if (record['@odata.type'] === incidentType) return true;
  return 'displayName' in record && 'createdDateTime' in record && ('incidentWebUrl' in record || 'alerts' in record);
}

import { fields, isFields, text } from '../../field/value.ts';
import { contentKey, numberedKey } from '../row/record-key.ts';
import { row } from '../row/row.ts';
import { columnsByName } from '../row/table-columns.ts';
import { when } from '../row/when.ts';
import type { TelemetryFormat } from '../telemetry.ts';

/** Risk detections of Entra ID Protection, through diagnostic settings or from Graph. */
export const entraRisk: TelemetryFormat = {
  name: 'entraRisk',
  about: 'Entra ID Protection risk detections (diagnostic settings, Graph)',

  recognises(record) {
    if (!isFields(record)) return false;
    const risk = isFields(record.properties) ? record.properties : record;
    return 'riskEventType' in risk && 'riskLevel' in risk && 'userPrincipalName' in risk;
  },

  read(record, context) {
    const envelope = fields(record);
    const risk = isFields(envelope.properties) ? envelope.properties : envelope;
    const time = when('detectedDateTime', context.now, risk.detectedDateTime, risk.activityDateTime, envelope.time);
    const id = text(risk.id);
    const key =
      id === null
        ? contentKey('entraRisk', record, context.text)
        : numberedKey('entraRisk', id, text(risk.riskState) ?? '', time.ms);
    return {
      source: 'entraRisk',
      event: {
        logSource: { product: 'azure', service: 'riskdetection' },
        time: time.ms,
        fields: { ...envelope, ...risk },
      },
      rows: [
        row('AADUserRiskEvents', time, columnsByName('AADUserRiskEvents', risk), {
          ...columnsByName('AADUserRiskEvents', {
            OperationName: envelope.operationName,
            AADTenantId: envelope.tenantId,
            DetectionTimingType: risk.detectionTimingType,
          }),
        }),
      ],
      key,
    };
  },
};

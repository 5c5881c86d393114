import { type Fields, fields, isFields, list, text } from '../../field/value.ts';
import { address } from '../row/address.ts';
import { contentKey, numberedKey } from '../row/record-key.ts';
import { knownOf, row } from '../row/row.ts';
import { known } from '../row/value.ts';
import { when } from '../row/when.ts';
import type { TelemetryFormat } from '../telemetry.ts';

/** Kubernetes audit events (audit.k8s.io). */
export const kubernetesAudit: TelemetryFormat = {
  name: 'kubernetesAudit',
  about: 'Kubernetes audit events',

  recognises(record) {
    if (!isFields(record)) return false;
    return 'auditID' in record
      ? 'verb' in record || record.kind === 'Event'
      : 'verb' in record && 'requestURI' in record && 'objectRef' in record;
  },

  read(record, context) {
    const { now } = context;
    const event = fields(record);
    const time = when('stageTimestamp', now, event.stageTimestamp, event.requestReceivedTimestamp, event.timestamp);
    const id = text(event.auditID);
    const key =
      id === null
        ? contentKey('kubernetesAudit', record, context.text)
        : numberedKey('kubernetesAudit', id, text(event.stage) ?? '', time.ms);
    const object = fields(event.objectRef);
    const action = [event.verb, object.resource, object.subresource].map(known).filter((part) => part !== undefined);
    return {
      source: 'kubernetesAudit',
      event: { logSource: { product: 'kubernetes', service: 'audit' }, time: time.ms, fields: fieldsOf(event) },
      rows: [
        row('CloudAuditEvents', time, {
          ReportId: known(id) ?? key,
          DataSource: 'Kubernetes',
          ActionType: known(event.verb),
          OperationName: action.join(' '),
          ResourceId: known(event.requestURI),
          IPAddress: address(list(event.sourceIPs)[0]),
          UserAgent: known(event.userAgent),
          RawEventData: event,
          AdditionalFields: knownOf({
            User: known(fields(event.user).username),
            Namespace: known(object.namespace),
            Name: known(object.name),
            ResponseCode: fields(event.responseStatus).code,
          }),
        }),
      ],
      key,
    };
  },
};

/** The record, and beside it the names of Sigma's rules, which follow other shippers. */
function fieldsOf(event: Fields): Fields {
  const object = fields(event.objectRef);
  return { ...event, resource: object.resource, namespace: object.namespace, subresource: object.subresource };
}

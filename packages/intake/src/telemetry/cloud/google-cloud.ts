import { at, type Fields, fields, isFields, text } from '../../field/value.ts';
import { address } from '../row/address.ts';
import { contentKey, numberedKey } from '../row/record-key.ts';
import { row } from '../row/row.ts';
import { columnValue } from '../row/table-columns.ts';
import { known } from '../row/value.ts';
import { when } from '../row/when.ts';
import type { TelemetryFormat } from '../telemetry.ts';

/** Google Cloud audit log entries. */
export const googleCloudAudit: TelemetryFormat = {
  name: 'googleCloudAudit',
  about: 'Google Cloud audit logs',

  recognises(record) {
    return isFields(record) && isFields(record.protoPayload ?? record.protopayload);
  },

  read(record, context) {
    const { now } = context;
    const entry = fields(record);
    const payload = fields(entry.protoPayload ?? entry.protopayload);
    const time = when('timestamp', now, entry.timestamp, entry.receiveTimestamp, entry.receivetimestamp);
    const id = text(entry.insertId) ?? text(entry.insertid);
    const log = known(entry.logName) ?? known(entry.logname);
    const key =
      id === null || log === undefined
        ? contentKey('googleCloudAudit', record, context.text)
        : numberedKey('googleCloudAudit', log, id, time.ms);
    const resource = fields(entry.resource);
    const method = known(payload.methodName) ?? known(payload.methodname);
    const name = known(payload.resourceName) ?? known(payload.resourcename);
    const agent = at(payload, 'requestMetadata', 'callerSuppliedUserAgent');
    return {
      source: 'googleCloudAudit',
      event: { logSource: { product: 'gcp', service: 'gcp.audit' }, time: time.ms, fields: fieldsOf(entry, payload) },
      rows: [
        row('GCPAuditLogs', time, {
          ServiceName: known(payload.serviceName),
          MethodName: method,
          GCPResourceName: name,
          NumResponseItems: known(payload.numResponseItems),
          Status: payload.status,
          StatusMessage: known(at(payload, 'status', 'message')),
          AuthenticationInfo: payload.authenticationInfo,
          AuthorizationInfo: payload.authorizationInfo,
          RequestMetadata: payload.requestMetadata,
          Request: payload.request,
          Response: payload.response,
          Metadata: payload.metadata,
          PrincipalEmail: known(at(payload, 'authenticationInfo', 'principalEmail')),
          LogName: log,
          ProjectId: known(at(resource, 'labels', 'project_id')),
          Severity: known(entry.severity),
          GCPResourceType: known(resource.type),
          ResourceLocation: payload.resourceLocation,
          ResourceOriginalState: payload.resourceOriginalState,
          ServiceData: payload.serviceData,
          InsertId: known(id),
        }),
        row('CloudAuditEvents', time, {
          ReportId: known(id) ?? key,
          DataSource: 'GCP',
          ActionType: method,
          OperationName: method,
          ResourceId: name,
          IPAddress: address(at(payload, 'requestMetadata', 'callerIp')),
          UserAgent: columnValue('string', agent),
          RawEventData: entry,
        }),
      ],
      key,
    };
  },
};

/** Sigma's rules name fields both from the entry ("data.protoPayload…", "gcp.audit…") and from the payload. */
function fieldsOf(entry: Fields, payload: Fields): Fields {
  return {
    ...payload,
    ...entry,
    data: entry,
    gcp: { audit: { method_name: payload.methodName, service_name: payload.serviceName } },
  };
}

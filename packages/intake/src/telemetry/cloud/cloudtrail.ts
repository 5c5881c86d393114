import type { HuntingRow } from '@throughline/model/hunting';
import { at, type Fields, fields, isFields, list, text } from '../../field/value.ts';
import { address } from '../row/address.ts';
import { contentKey, numberedKey } from '../row/record-key.ts';
import { row } from '../row/row.ts';
import { columnValue } from '../row/table-columns.ts';
import { flag, known } from '../row/value.ts';
import { type When, when } from '../row/when.ts';
import type { TelemetryFormat } from '../telemetry.ts';

/** AWS CloudTrail records. */
export const cloudtrail: TelemetryFormat = {
  name: 'cloudtrail',
  about: 'AWS CloudTrail records',

  recognises(record) {
    return isFields(record) && typeof record.eventSource === 'string' && typeof record.eventName === 'string';
  },

  read(record, context) {
    const { now } = context;
    const trail = fields(record);
    const time = when('eventTime', now, trail.eventTime, trail['@timestamp']);
    const id = text(trail.eventID);
    // Test data repeats short ids; AWS writes UUIDs.
    const key =
      id !== null && id.length >= 32
        ? numberedKey('cloudtrail', id, text(trail.recipientAccountId) ?? '', time.ms)
        : contentKey('cloudtrail', record, context.text);
    return {
      source: 'cloudtrail',
      event: { logSource: { product: 'aws', service: 'cloudtrail' }, time: time.ms, fields: trail },
      rows: [trailRow(trail, time), auditRow(trail, time)],
      key,
    };
  },
};

function trailRow(trail: Fields, time: When): HuntingRow {
  const identity = fields(trail.userIdentity);
  const session = fields(identity.sessionContext);
  const issuer = fields(session.sessionIssuer);
  const attributes = fields(session.attributes);
  const tls = fields(trail.tlsDetails);
  return row('AWSCloudTrail', time, {
    AwsEventId: known(trail.eventID),
    EventVersion: known(trail.eventVersion),
    EventSource: known(trail.eventSource),
    EventTypeName: known(trail.eventType),
    EventName: known(trail.eventName),
    UserIdentityType: known(identity.type),
    UserIdentityPrincipalid: known(identity.principalId),
    UserIdentityArn: known(identity.arn),
    UserIdentityAccountId: known(identity.accountId),
    UserIdentityInvokedBy: known(identity.invokedBy),
    UserIdentityAccessKeyId: known(identity.accessKeyId),
    UserIdentityUserName: known(identity.userName),
    UserIdentityUserId: known(at(identity, 'onBehalfOf', 'userId')),
    UserIdentityStoreArn: known(at(identity, 'onBehalfOf', 'identityStoreArn')),
    SessionMfaAuthenticated: flag(attributes.mfaAuthenticated),
    SessionCreationDate: columnValue('datetime', attributes.creationDate),
    SessionIssuerType: known(issuer.type),
    SessionIssuerPrincipalId: known(issuer.principalId),
    SessionIssuerArn: known(issuer.arn),
    SessionIssuerAccountId: known(issuer.accountId),
    SessionIssuerUserName: known(issuer.userName),
    AWSRegion: known(trail.awsRegion),
    SourceIpAddress: known(trail.sourceIPAddress),
    UserAgent: known(trail.userAgent),
    ErrorCode: known(trail.errorCode),
    ErrorMessage: known(trail.errorMessage),
    RequestParameters: columnValue('string', trail.requestParameters),
    ResponseElements: columnValue('string', trail.responseElements),
    AdditionalEventData: columnValue('string', trail.additionalEventData),
    AwsRequestId: known(trail.requestID),
    Resources: columnValue('string', trail.resources),
    APIVersion: known(trail.apiVersion),
    ReadOnly: flag(trail.readOnly),
    RecipientAccountId: known(trail.recipientAccountId),
    ServiceEventDetails: columnValue('string', trail.serviceEventDetails),
    SharedEventId: known(trail.sharedEventID),
    VpcEndpointId: known(trail.vpcEndpointId),
    ManagementEvent: flag(trail.managementEvent),
    Category: known(trail.eventCategory),
    TlsVersion: known(tls.tlsVersion),
    CipherSuite: known(tls.cipherSuite),
    ClientProvidedHostHeader: known(tls.clientProvidedHostHeader),
  });
}

function auditRow(trail: Fields, time: When): HuntingRow {
  return row('CloudAuditEvents', time, {
    ReportId: known(trail.eventID),
    DataSource: 'AWS',
    ActionType: known(trail.eventName),
    OperationName: known(trail.eventName),
    ResourceId: known(at(list(trail.resources)[0], 'ARN')),
    IPAddress: address(trail.sourceIPAddress),
    UserAgent: known(trail.userAgent),
    RawEventData: trail,
  });
}

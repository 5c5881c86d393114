import type { HuntingRow } from '@throughline/model/hunting';
import { at, type Fields, fields, isFields, text } from '../../field/value.ts';
import { address } from '../row/address.ts';
import { contentKey, numberedKey } from '../row/record-key.ts';
import { knownOf, row } from '../row/row.ts';
import { columnValue } from '../row/table-columns.ts';
import { flag, known, lower } from '../row/value.ts';
import { type When, when } from '../row/when.ts';
import type { TelemetryFormat } from '../telemetry.ts';
import { oktaClRow } from './okta-cl-row.ts';

/** Okta System Log events. */
export const okta: TelemetryFormat = {
  name: 'okta',
  about: 'Okta System Log events',

  recognises(record) {
    return isFields(record) && typeof record.eventType === 'string' && 'published' in record && isFields(record.actor);
  },

  read(record, context) {
    const { now } = context;
    const event = fields(record);
    const time = when('published', now, event.published);
    const id = text(event.uuid);
    const key = id === null ? contentKey('okta', record, context.text) : numberedKey('okta', id, time.ms);
    const logons = isLogon(event) ? [logonRow(event, time, key)] : [];
    return {
      source: 'okta',
      event: { logSource: { product: 'okta', service: 'okta' }, time: time.ms, fields: event },
      rows: [normalisedRow(event, time), oktaClRow(event, time), ...logons],
      key,
    };
  },
};

/** A person comes in: at Okta itself or into an application through it. */
function isLogon(event: Fields): boolean {
  return event.eventType === 'user.session.start' || event.eventType === 'user.authentication.sso';
}

function result(event: Fields): string | undefined {
  const word = text(at(event, 'outcome', 'result'))?.toUpperCase();
  if (word === undefined) return undefined;
  return word === 'SUCCESS' || word === 'ALLOW' ? 'Success' : word === 'FAILURE' || word === 'DENY' ? 'Failure' : 'NA';
}

function normalisedRow(event: Fields, time: When): HuntingRow {
  const actor = fields(event.actor);
  const client = fields(event.client);
  const agent = fields(client.userAgent);
  const place = fields(client.geographicalContext);
  const security = fields(event.securityContext);
  const context = fields(event.authenticationContext);
  const transaction = fields(event.transaction);
  return row('OktaV2_CL', time, {
    ActorDetailEntry: columnValue('string', actor.detailEntry),
    ActorDisplayName: known(actor.displayName),
    ActorSessionId: known(context.externalSessionId),
    ActorUserId: known(actor.id),
    ActorUserIdType: known(actor.id) === undefined ? undefined : 'OktaId',
    ActorUsername: known(actor.alternateId),
    ActorUsernameType: known(actor.alternateId)?.includes('@') ? 'UPN' : undefined,
    OriginalActorAlternateId: known(actor.alternateId),
    OriginalUserType: known(actor.type),
    OriginalUserId: known(actor.id),
    AuthenticationContextAuthenticationProvider: known(context.authenticationProvider),
    AuthenticationContextAuthenticationStep: columnValue('real', context.authenticationStep),
    AuthenticationContextCredentialProvider: known(context.credentialProvider),
    AuthenticationContextInterface: known(context.interface),
    AuthenticationContextIssuerId: known(at(context, 'issuer', 'id')),
    AuthenticationContextIssuerType: known(at(context, 'issuer', 'type')),
    DebugData: columnValue('string', at(event, 'debugContext', 'debugData')),
    EventMessage: known(event.displayMessage),
    EventOriginalResultDetails: known(at(event, 'outcome', 'reason')),
    EventOriginalType: known(event.eventType),
    EventOriginalUid: known(event.uuid),
    EventResult: result(event),
    EventSeverity: { INFO: 'Informational', DEBUG: 'Informational', WARN: 'Medium', ERROR: 'High' }[
      text(event.severity) ?? ''
    ],
    OriginalSeverity: known(event.severity),
    OriginalOutcomeResult: known(at(event, 'outcome', 'result')),
    OriginalTarget: columnValue('string', event.target),
    OriginalClientDevice: known(client.device),
    HttpUserAgent: known(agent.rawUserAgent),
    SrcDvcOs: known(agent.os),
    SrcDvcId: known(client.id),
    SrcIpAddr: address(client.ipAddress),
    SrcZone: client.zone === 'null' ? undefined : known(client.zone),
    SrcIsp: known(security.isp),
    SrcGeoCity: known(place.city),
    SrcGeoCountry: known(place.country),
    SrcGeoRegion: known(place.state),
    SrcGeoPostalCode: known(place.postalCode),
    SrcGeoLatitude: columnValue('real', at(place, 'geolocation', 'lat')),
    SrcGeoLongtitude: columnValue('real', at(place, 'geolocation', 'lon')),
    SecurityContextAsNumber: columnValue('real', security.asNumber),
    SecurityContextAsOrg: known(security.asOrg),
    SecurityContextDomain: known(security.domain),
    SecurityContextIsProxy: flag(security.isProxy),
    LegacyEventType: known(event.legacyEventType),
    Request: columnValue('string', event.request),
    TransactionId: known(transaction.id),
    TransactionType: known(transaction.type),
    TransactionDetail: columnValue('string', transaction.detail),
    Version: known(event.version),
  });
}

function logonRow(event: Fields, time: When, key: string): HuntingRow {
  const actor = fields(event.actor);
  const client = fields(event.client);
  const outcome = result(event);
  const upn = lower(actor.alternateId);
  return row('IdentityLogonEvents', time, {
    ActionType: outcome === 'Success' ? 'LogonSuccess' : outcome === 'Failure' ? 'LogonFailed' : undefined,
    Application: 'Okta',
    FailureReason: outcome === 'Failure' ? known(at(event, 'outcome', 'reason')) : undefined,
    AccountUpn: upn?.includes('@') ? upn : undefined,
    AccountName: upn?.split('@', 1)[0],
    AccountDisplayName: known(actor.displayName),
    DeviceType: known(client.device),
    OSPlatform: known(at(client, 'userAgent', 'os')),
    IPAddress: address(client.ipAddress),
    Location: known(at(client, 'geographicalContext', 'country')),
    Isp: known(at(event, 'securityContext', 'isp')),
    ReportId: known(event.uuid) ?? key,
    AdditionalFields: knownOf({
      EventType: known(event.eventType),
      City: known(at(client, 'geographicalContext', 'city')),
    }),
  });
}

import type { HuntingRow } from '@throughline/model/hunting';
import { at, type Fields, fields, text } from '../../field/value.ts';
import { address } from '../row/address.ts';
import { knownOf, row, type Values } from '../row/row.ts';
import { columnsByName, columnValue } from '../row/table-columns.ts';
import { flag, int, known, lower } from '../row/value.ts';
import type { When } from '../row/when.ts';
import type { EntraRecord } from './entra-record.ts';

const tables: Readonly<Record<Exclude<EntraRecord['kind'], 'audit'>, string>> = {
  signIn: 'SigninLogs',
  nonInteractive: 'AADNonInteractiveUserSignInLogs',
  servicePrincipal: 'AADServicePrincipalSignInLogs',
  managedIdentity: 'AADManagedIdentitySignInLogs',
};

/** Rows of a sign-in: Sentinel's table of its kind, and for people also Defender's. */
export function signInRows(record: EntraRecord, time: When, key: string): HuntingRow[] {
  if (record.kind === 'audit') return [];
  const sentinel = sentinelRow(tables[record.kind], record, time);
  if (record.kind === 'servicePrincipal' || record.kind === 'managedIdentity') return [sentinel];
  const columns = defenderColumns(record, key);
  return [
    sentinel,
    row('AADSignInEventsBeta', time, columns),
    row('EntraIdSignInEvents', time, columns),
    logonRow(record, time, key),
  ];
}

/** The error code of a sign-in as text: "0" when it succeeded. */
export function errorCodeOf({ envelope, properties }: EntraRecord): string | undefined {
  return known(envelope.resultType) ?? known(at(properties, 'status', 'errorCode'));
}

function sentinelRow(table: string, record: EntraRecord, time: When): HuntingRow {
  const { envelope, properties } = record;
  const location = fields(properties.location);
  return row(table, time, columnsByName(table, envelope), columnsByName(table, properties), {
    ...columnsByName(table, {
      AADTenantId: envelope.tenantId,
      LocationDetails: properties.location,
      ConditionalAccessPolicies: properties.appliedConditionalAccessPolicies ?? properties.conditionalAccessPolicies,
      ResultType: errorCodeOf(record),
      ResultDescription: envelope.resultDescription ?? at(properties, 'status', 'failureReason'),
      IPAddress: properties.ipAddress ?? envelope.callerIpAddress,
      Identity: envelope.identity ?? properties.userDisplayName ?? properties.servicePrincipalName,
      OperationName: envelope.operationName ?? 'Sign-in activity',
    }),
    ...columnsByName(table, { ResourceId: envelope.resourceId, ResourceIdentity: properties.resourceId }),
    // The envelope holds the country's code, Graph the place in parts.
    Location: typeof envelope.location === 'string' ? envelope.location : known(location.countryOrRegion),
  });
}

const riskStates = ['none', 'confirmedsafe', 'remediated', 'dismissed', 'atrisk', 'confirmedcompromised'];
const conditionalAccess = ['success', 'failure', 'notapplied'];
const riskLevels: Readonly<Record<string, number>> = { low: 10, medium: 50, high: 100 };

function placeIn(words: readonly string[], value: unknown): number | undefined {
  const at = words.indexOf(lower(value) ?? '');
  return at < 0 ? undefined : at;
}

function defenderColumns(record: EntraRecord, key: string): Values {
  const { properties, kind } = record;
  const device = fields(properties.deviceDetail);
  const location = fields(properties.location);
  const place = fields(location.geoCoordinates);
  const interactive = kind === 'nonInteractive' ? false : flag(properties.isInteractive);
  return {
    Application: known(properties.appDisplayName),
    ApplicationId: known(properties.appId),
    LogonType: interactive === undefined ? undefined : interactive ? '["interactiveUser"]' : '["nonInteractiveUser"]',
    ErrorCode: int(errorCodeOf(record)),
    CorrelationId: known(properties.correlationId) ?? known(record.envelope.correlationId),
    SessionId: known(properties.sessionId),
    AccountDisplayName: known(properties.userDisplayName),
    AccountObjectId: known(properties.userId),
    AccountUpn: lower(properties.userPrincipalName),
    IsGuestUser: properties.userType === undefined ? undefined : lower(properties.userType) === 'guest',
    AlternateSignInName: known(properties.alternateSignInName) ?? known(properties.signInIdentifier),
    ResourceDisplayName: known(properties.resourceDisplayName),
    ResourceId: known(properties.resourceId),
    ResourceTenantId: known(properties.resourceTenantId),
    DeviceName: known(device.displayName),
    EntraIdDeviceId: known(device.deviceId),
    OSPlatform: known(device.operatingSystem),
    DeviceTrustType: known(device.trustType),
    IsManaged: int(Number(flag(device.isManaged) ?? Number.NaN)),
    IsCompliant: int(Number(flag(device.isCompliant) ?? Number.NaN)),
    AuthenticationProcessingDetails: columnValue('string', properties.authenticationProcessingDetails),
    AuthenticationRequirement: known(properties.authenticationRequirement),
    TokenIssuerType: { azuread: 0, adfederationservices: 1 }[lower(properties.tokenIssuerType) ?? ''],
    RiskLevelAggregated: riskLevels[lower(properties.riskLevelAggregated) ?? ''],
    RiskState: placeIn(riskStates, properties.riskState),
    UserAgent: known(properties.userAgent),
    ClientAppUsed: known(properties.clientAppUsed),
    Browser: known(device.browser),
    ConditionalAccessPolicies: columnValue('string', properties.appliedConditionalAccessPolicies),
    ConditionalAccessStatus: placeIn(conditionalAccess, properties.conditionalAccessStatus),
    IPAddress: address(properties.ipAddress ?? record.envelope.callerIpAddress),
    Country: known(location.countryOrRegion),
    State: known(location.state),
    City: known(location.city),
    Latitude: known(place.latitude),
    Longitude: known(place.longitude),
    NetworkLocationDetails: columnValue('string', properties.networkLocationDetails),
    RequestId: known(properties.id),
    ReportId: known(properties.id) ?? key,
  };
}

function logonRow(record: EntraRecord, time: When, key: string): HuntingRow {
  const { properties } = record;
  const code = errorCodeOf(record);
  const device = fields(properties.deviceDetail);
  return row('IdentityLogonEvents', time, {
    ActionType: code === undefined ? undefined : code === '0' ? 'LogonSuccess' : 'LogonFailed',
    Application: known(properties.appDisplayName),
    Protocol: known(properties.authenticationProtocol),
    FailureReason: code === '0' ? undefined : (known(at(properties, 'status', 'failureReason')) ?? code),
    AccountUpn: lower(properties.userPrincipalName),
    AccountName: (text(properties.userPrincipalName) ?? '').toLowerCase().split('@', 1)[0],
    AccountObjectId: known(properties.userId),
    AccountDisplayName: known(properties.userDisplayName),
    DeviceName: lower(device.displayName),
    OSPlatform: known(device.operatingSystem),
    IPAddress: address(properties.ipAddress ?? record.envelope.callerIpAddress),
    Location: known(at(properties, 'location', 'countryOrRegion')),
    ReportId: known(properties.id) ?? key,
    AdditionalFields: knownOf({
      ClientAppUsed: known(properties.clientAppUsed),
      UserAgent: known(properties.userAgent),
      City: known(at(properties, 'location', 'city')),
    } satisfies Fields),
  });
}

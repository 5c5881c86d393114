import { type Fields, fields, isFields, text } from '../../field/value.ts';

/** A sign-in or audit record of Entra ID: what the envelope says, and the record's properties by Graph's names. */
export type EntraRecord = {
  kind: 'signIn' | 'nonInteractive' | 'servicePrincipal' | 'managedIdentity' | 'audit';
  envelope: Fields;
  properties: Fields;
};

const kinds: Readonly<Record<string, EntraRecord['kind']>> = {
  signinlogs: 'signIn',
  signinevents: 'signIn',
  noninteractiveusersigninlogs: 'nonInteractive',
  serviceprincipalsigninlogs: 'servicePrincipal',
  managedidentitysigninlogs: 'managedIdentity',
  auditlogs: 'audit',
};

/**
 * The record under Azure's diagnostic settings (`category` and `properties`), as Graph gives it (`auditLogs/signIns`,
 * `auditLogs/directoryAudits`), or as a row of Sentinel's table (names in capitals); `null` when it is none of these.
 */
export function entraRecord(record: unknown): EntraRecord | null {
  if (!isFields(record)) return null;
  if (isFields(record.properties) && 'operationName' in record) {
    const properties = fields(record.properties);
    const named = kinds[(text(record.category) ?? '').toLowerCase()];
    const kind = named ?? ('loggedByService' in properties || 'activityDisplayName' in properties ? 'audit' : null);
    return kind === null ? null : { kind, envelope: record, properties };
  }
  if (
    'createdDateTime' in record &&
    ('appDisplayName' in record || 'userPrincipalName' in record) &&
    'status' in record
  ) {
    return { kind: 'signIn', envelope: {}, properties: record };
  }
  if ('activityDateTime' in record && 'activityDisplayName' in record)
    return { kind: 'audit', envelope: {}, properties: record };
  return null;
}

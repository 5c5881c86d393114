import type { LogSource } from '@throughline/model';
import type { HuntingRow } from '@throughline/model/hunting';
import { type Fields, fields, isFields, list, text } from '../../field/value.ts';
import { contentKey, numberedKey } from '../row/record-key.ts';
import { row } from '../row/row.ts';
import { columnsByName, columnValue } from '../row/table-columns.ts';
import { known } from '../row/value.ts';
import { type When, when } from '../row/when.ts';
import type { TelemetryFormat } from '../telemetry.ts';
import { plainAddress } from './plain-address.ts';

/** Records of the Microsoft 365 unified audit log (Management Activity API), also under `AuditData` of an export. */
export const office: TelemetryFormat = {
  name: 'officeActivity',
  about: 'Microsoft 365 unified audit records',

  recognises(record) {
    return isFields(record) && isAudit(record);
  },

  read(record, context) {
    const { now } = context;
    const audit = fields(record);
    const time = when('CreationTime', now, audit.CreationTime, audit.TimeGenerated);
    const id = text(audit.Id);
    const key =
      id === null ? contentKey('officeActivity', record, context.text) : numberedKey('officeActivity', id, time.ms);
    return {
      source: 'officeActivity',
      event: { logSource: logSourceOf(audit), time: time.ms, fields: fieldsOf(audit) },
      rows: [activityRow(audit, time), cloudAppRow(audit, time)],
      key,
    };
  },
};

function isAudit(record: Fields): boolean {
  return (
    typeof record.Operation === 'string' && 'CreationTime' in record && ('Workload' in record || 'RecordType' in record)
  );
}

function logSourceOf(audit: Fields): LogSource {
  const workload = text(audit.Workload)?.toLowerCase();
  if (workload === 'exchange') return { product: 'm365', service: 'exchange' };
  return { product: 'm365', service: workload === 'securitycompliancecenter' ? 'threat_management' : 'audit' };
}

/** The record, parameters also under their own names, and the names of Sigma's rules for threat management. */
function fieldsOf(audit: Fields): Fields {
  const found: Fields = {
    ...audit,
    eventName: audit.Name ?? audit.Operation,
    eventSource: audit.Source ?? audit.Workload,
  };
  for (const one of list(audit.Parameters)) {
    const name = isFields(one) ? text(one.Name) : null;
    if (name !== null && !(name in found) && name !== '__proto__') found[name] = fields(one).Value;
  }
  return found;
}

function activityRow(audit: Fields, time: When): HuntingRow {
  return row('OfficeActivity', time, columnsByName('OfficeActivity', audit), {
    OfficeWorkload: known(audit.Workload),
    RecordType: known(audit.RecordType),
    UserType: known(audit.UserType),
    OfficeId: known(audit.Id),
    OfficeObjectId: known(audit.ObjectId),
    ClientIP: plainAddress(audit.ClientIP) ?? known(audit.ClientIP),
    Client_IPAddress: plainAddress(audit.ClientIPAddress),
    Site_Url: known(audit.SiteUrl),
    Logon_Type: known(audit.LogonType),
    ExternalAccess: known(audit.ExternalAccess),
    Parameters: columnValue('string', audit.Parameters),
    OfficeTenantId: known(audit.OrganizationId),
  });
}

/** What Defender for Cloud Apps calls the workloads. */
const applications: Readonly<Record<string, string>> = {
  AzureActiveDirectory: 'Office 365',
  Exchange: 'Microsoft Exchange Online',
  MicrosoftTeams: 'Microsoft Teams',
  OneDrive: 'Microsoft OneDrive for Business',
  PowerBI: 'Microsoft Power BI',
  SharePoint: 'Microsoft SharePoint Online',
};

const accountTypes: Readonly<Record<string, string>> = {
  '0': 'Regular',
  '1': 'Reserved',
  '2': 'Admin',
  '3': 'DcAdmin',
  '4': 'System',
  '5': 'Application',
  '6': 'ServicePrincipal',
};

function cloudAppRow(audit: Fields, time: When): HuntingRow {
  const workload = text(audit.Workload) ?? '';
  const user = known(audit.UserId);
  return row('CloudAppEvents', time, {
    ActionType: known(audit.Operation),
    Application: applications[workload] ?? known(workload),
    AccountId: user,
    AccountDisplayName: user,
    AccountType: accountTypes[text(audit.UserType) ?? ''] ?? known(audit.UserType),
    IPAddress:
      plainAddress(audit.ClientIP) ?? plainAddress(audit.ClientIPAddress) ?? plainAddress(audit.ActorIpAddress),
    UserAgent: known(audit.UserAgent) ?? known(audit.ClientInfoString),
    ObjectName: known(audit.ObjectId),
    ObjectId: known(audit.ObjectId),
    ObjectType: known(audit.ItemType),
    ReportId: known(audit.Id),
    RawEventData: audit,
  });
}

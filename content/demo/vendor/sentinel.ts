import type { Device } from '../cast/devices.ts';
import { company, type Person } from '../cast/people.ts';
import { after } from '../clock.ts';
import type { Entry } from '../entry.ts';
import { guid } from '../stable-id.ts';

/** An entity of a Sentinel alert; `$id` is given when the alert is written. */
export type SentinelEntity = { Type: string; [field: string]: unknown };

export type SentinelAlert = {
  name: string;
  time: Date;
  rule: string;
  description: string;
  severity: 'Informational' | 'Low' | 'Medium' | 'High';
  tactics: string;
  techniques?: string[];
  entities: SentinelEntity[];
};

export const account = (person: Person): SentinelEntity => ({
  Type: 'account',
  Name: person.upn.split('@')[0],
  UPNSuffix: person.upn.split('@')[1],
  AadUserId: person.objectId,
  AadTenantId: company.tenantId,
  Sid: person.sid,
  DisplayName: person.name,
});

export const host = (device: Device): SentinelEntity => ({
  Type: 'host',
  HostName: device.name,
  DnsDomain: company.adDomain,
  NTDomain: company.netbios,
  OSFamily: 'Windows',
});

export const address = (ip: string): SentinelEntity => ({ Type: 'ip', Address: ip });

export const mailbox = (person: Person): SentinelEntity => ({
  Type: 'mailbox',
  MailboxPrimaryAddress: person.upn,
  Upn: person.upn,
  DisplayName: person.name,
});

export const cloudApplication = (appId: string | number, name: string): SentinelEntity => ({
  Type: 'cloud-application',
  AppId: appId,
  Name: name,
});

/** A row of the SecurityAlert table as a workspace exports it: entities and extended properties are JSON in text. */
export function sentinelAlert(alert: SentinelAlert): Entry {
  const id = guid(`sentinel ${alert.name}`);
  const end = alert.time.toISOString();
  const record = {
    TenantId: guid('workspace'),
    TimeGenerated: end,
    DisplayName: alert.rule,
    AlertName: alert.rule,
    AlertSeverity: alert.severity,
    Description: alert.description,
    ProviderName: 'ASI Scheduled Alerts',
    VendorName: 'Microsoft',
    VendorOriginalId: id,
    SystemAlertId: id,
    AlertType: `${guid('workspace')}_${guid(`sentinel rule ${alert.rule}`)}`,
    IsIncident: false,
    StartTime: after(alert.time, -300).toISOString(),
    EndTime: end,
    ProcessingEndTime: end,
    ExtendedProperties: JSON.stringify({ 'Query Period': '01:00:00', 'Trigger Operator': 'GreaterThan' }),
    Entities: JSON.stringify(alert.entities.map((entity, index) => ({ $id: String(index + 2), ...entity }))),
    SourceSystem: 'Detection',
    ProductName: 'Azure Sentinel',
    ProductComponentName: 'Scheduled Alerts',
    Status: 'New',
    CompromisedEntity: '',
    Tactics: alert.tactics,
    Techniques: JSON.stringify(alert.techniques ?? []),
    Type: 'SecurityAlert',
  };
  return { feed: 'sentinel', id, time: alert.time, line: JSON.stringify(record) };
}

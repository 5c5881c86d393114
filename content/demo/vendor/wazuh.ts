import type { Device } from '../cast/devices.ts';
import { company, type Person } from '../cast/people.ts';
import type { Entry } from '../entry.ts';
import { serial } from '../stable-id.ts';

export type WazuhAlert = {
  /** Unique name of the alert; Wazuh's own id follows from it. */
  name: string;
  time: Date;
  device: Device;
  rule: { id: number; level: number; description: string; groups: string[]; mitre?: WazuhMitre };
  location?: string;
  decoder?: string;
  /** `data` of the alert; see {@link windowsEvent}. */
  data?: Record<string, unknown>;
  syscheck?: Record<string, unknown>;
};
export type WazuhMitre = { id: string[]; tactic: string[]; technique: string[] };

/** One line of Wazuh's alerts.json. */
export function wazuhAlert(alert: WazuhAlert): Entry {
  const id = `${serial(`wazuh ${alert.name}`, 10)}.${serial(`offset ${alert.name}`, 7)}`;
  const record = {
    timestamp: alert.time.toISOString().replace('Z', '+0000'),
    rule: {
      level: alert.rule.level,
      description: alert.rule.description,
      id: String(alert.rule.id),
      ...(alert.rule.mitre && { mitre: alert.rule.mitre }),
      firedtimes: 1,
      mail: alert.rule.level >= 12,
      groups: alert.rule.groups,
    },
    agent: { id: alert.device.agent, name: alert.device.name, ip: alert.device.ip },
    manager: { name: 'wazuh-mgr' },
    id,
    decoder: { name: alert.decoder ?? 'windows_eventchannel' },
    ...(alert.data && { data: alert.data }),
    ...(alert.syscheck && { syscheck: alert.syscheck }),
    location: alert.location ?? 'EventChannel',
  };
  return { feed: 'wazuh', id, time: alert.time, line: JSON.stringify(record) };
}

/** `data` of a Windows event, as the event channel decoder gives it. */
export function windowsEvent(
  device: Device,
  eventId: number,
  eventdata: Record<string, string>,
): Record<string, unknown> {
  const sysmon = eventId < 256;
  return {
    win: {
      system: {
        providerName: sysmon ? 'Microsoft-Windows-Sysmon' : 'Microsoft-Windows-Security-Auditing',
        eventID: String(eventId),
        channel: sysmon ? 'Microsoft-Windows-Sysmon/Operational' : 'Security',
        computer: device.dnsName,
        severityValue: 'INFORMATION',
      },
      eventdata,
    },
  };
}

/** `data` of event 1102, which has a body of its own. */
export function clearedLog(device: Device, person: Person): Record<string, unknown> {
  const { win } = windowsEvent(device, 1102, {}) as { win: { system: object } };
  return { win: { system: win.system, logFileCleared: subject(person) } };
}

/** The fields of a Windows event that name who acted. */
export function subject(person: Person): Record<string, string> {
  return { subjectUserSid: person.sid, subjectUserName: person.account, subjectDomainName: company.netbios };
}

/** The fields of a Windows logon event that name whose account it is. */
export function target(person: Person): Record<string, string> {
  return { targetUserSid: person.sid, targetUserName: person.account, targetDomainName: company.netbios };
}

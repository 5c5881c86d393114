import type { Device } from '../cast/devices.ts';
import { company, type Person } from '../cast/people.ts';
import type { Entry } from '../entry.ts';
import { serial } from '../stable-id.ts';

export type FirewallAlert = {
  /** Unique name of the session; its number follows from it. */
  session: string;
  time: Date;
  /** FortiOS log id, and the event's name in the CEF header. */
  logId: number;
  event: string;
  /** CEF severity, 0–10. */
  severity: number;
  from: Device;
  user: Person;
  to: { ip: string; domain?: string };
  port?: number;
  act: 'blocked' | 'passthrough' | 'detected';
  message: string;
  /** Bytes sent, bytes received. */
  bytes?: [number, number];
  request?: string;
  category?: string;
};

/** A syslog line with a CEF event, as FortiGate firewalls write it. */
export function firewallAlert(alert: FirewallAlert): Entry {
  const session = serial(`firewall ${alert.session}`, 9);
  const [sent, received] = alert.bytes ?? [1_460, 5_800];
  const extension: Record<string, string | number | undefined> = {
    deviceExternalId: 'FGT60E0000000001',
    rt: alert.time.getTime(),
    FTNTFGTlogid: String(alert.logId).padStart(10, '0'),
    cat: alert.event.split(' ')[0],
    externalId: session,
    src: alert.from.ip,
    shost: alert.from.dnsName,
    spt: 49_152 + (session % 16_000),
    suser: `${company.netbios}\\${alert.user.account}`,
    dst: alert.to.ip,
    dhost: alert.to.domain,
    dpt: alert.port ?? 443,
    proto: 6,
    app: alert.port === 80 ? 'HTTP' : 'HTTPS',
    act: alert.act,
    out: sent,
    in: received,
    request: alert.request,
    requestContext: alert.category,
    msg: alert.message,
  };
  const fields = Object.entries(extension).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${escapeValue(String(value))}`],
  );
  const header = `CEF:0|Fortinet|Fortigate|v7.4.3|${alert.logId}|${alert.event}|${alert.severity}|`;
  const line = `<185>${syslogTime(alert.time)} fw-01 ${header}${fields.join(' ')}`;
  return { feed: 'cef', id: String(session), time: alert.time, line };
}

function escapeValue(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('=', '\\=');
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The time of an RFC 3164 header, UTC. */
function syslogTime(time: Date): string {
  const clock = time.toISOString().slice(11, 19);
  return `${months[time.getUTCMonth()]} ${String(time.getUTCDate()).padStart(2, ' ')} ${clock}`;
}

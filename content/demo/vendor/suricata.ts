import type { Entry } from '../entry.ts';
import { serial } from '../stable-id.ts';

export type SuricataAlert = {
  /** Unique name of the flow; its flow_id follows from it. */
  flow: string;
  time: Date;
  signatureId: number;
  signature: string;
  category: string;
  /** 1 is the most severe. */
  severity: 1 | 2 | 3;
  from: string;
  to: string;
  /** Destination port. */
  port: number;
  proto?: 'TCP' | 'UDP';
  /** Bytes to server and to client. */
  bytes?: [number, number];
  metadata?: Record<string, string[]>;
  /** The application layer's own record: `tls`, `http`, `dns`, `smb`, `fileinfo`. */
  layer?: Record<string, unknown>;
};

/** An alert event of Suricata's EVE log. */
export function suricataAlert(alert: SuricataAlert): Entry {
  const timestamp = alert.time.toISOString().replace('Z', '000+0000');
  const flowId = serial(`flow ${alert.flow}`, 15);
  const [toServer, toClient] = alert.bytes ?? [1_840, 5_210];
  const record = {
    timestamp,
    flow_id: flowId,
    in_iface: 'span0',
    event_type: 'alert',
    src_ip: alert.from,
    src_port: 49_152 + (flowId % 16_000),
    dest_ip: alert.to,
    dest_port: alert.port,
    proto: alert.proto ?? 'TCP',
    ...alert.layer,
    alert: {
      action: 'allowed',
      gid: 1,
      signature_id: alert.signatureId,
      rev: 2,
      signature: alert.signature,
      category: alert.category,
      severity: alert.severity,
      ...(alert.metadata && { metadata: alert.metadata }),
    },
    flow: {
      pkts_toserver: Math.ceil(toServer / 900) + 3,
      pkts_toclient: Math.ceil(toClient / 1_300) + 2,
      bytes_toserver: toServer,
      bytes_toclient: toClient,
      start: timestamp,
    },
  };
  return { feed: 'suricata', id: `${flowId}`, time: alert.time, line: JSON.stringify(record) };
}

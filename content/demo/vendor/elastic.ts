import { company } from '../cast/people.ts';
import type { RunningProcess } from '../cast/processes.ts';
import type { Entry } from '../entry.ts';
import { guid } from '../stable-id.ts';

export type ElasticAlert = {
  name: string;
  time: Date;
  rule: string;
  description: string;
  severity: 'low' | 'medium' | 'high' | 'critical';
  tactic?: [id: string, name: string];
  technique?: [id: string, name: string];
  process: RunningProcess;
  /** Further ECS objects: `file`, `registry`, `destination`. */
  ecs?: Record<string, unknown>;
};

const riskScores = { low: 21, medium: 47, high: 73, critical: 99 };

/** A document of Elastic Security's alerts index: the rule's fields dotted, the event's ECS fields nested. */
export function elasticAlert(alert: ElasticAlert): Entry {
  const id = guid(`elastic ${alert.name}`).replaceAll('-', '');
  const { process } = alert;
  const { device, user } = process;
  const time = alert.time.toISOString();
  const record = {
    '@timestamp': time,
    'kibana.alert.uuid': id,
    'kibana.alert.status': 'active',
    'kibana.alert.workflow_status': 'open',
    'kibana.alert.original_time': time,
    'kibana.alert.severity': alert.severity,
    'kibana.alert.risk_score': riskScores[alert.severity],
    'kibana.alert.reason': `process event with process ${process.image.name}, by ${user.account} on ${device.name} created ${alert.severity} alert ${alert.rule}.`,
    'kibana.alert.rule.uuid': guid(`elastic rule ${alert.rule}`),
    'kibana.alert.rule.rule_id': guid(`elastic rule id ${alert.rule}`),
    'kibana.alert.rule.name': alert.rule,
    'kibana.alert.rule.description': alert.description,
    'kibana.alert.rule.type': 'eql',
    'kibana.alert.rule.producer': 'siem',
    'kibana.alert.rule.consumer': 'siem',
    'kibana.alert.rule.rule_type_id': 'siem.eqlRule',
    'kibana.alert.rule.threat': threat(alert),
    'kibana.space_ids': ['default'],
    event: { kind: 'signal', category: ['process'], module: 'endpoint', dataset: 'endpoint.events.process' },
    agent: { id: guid(`elastic agent ${device.name}`), type: 'endpoint', version: '8.15.1' },
    host: {
      id: guid(`elastic host ${device.name}`),
      name: device.dnsName,
      hostname: device.name,
      ip: [device.ip],
      os: { family: 'windows', platform: 'windows', name: device.os },
    },
    user: { id: user.sid, name: user.account, domain: company.netbios },
    process: {
      ...processFields(process),
      ...(process.parent && { parent: processFields(process.parent) }),
    },
    ...alert.ecs,
  };
  return { feed: 'elastic', id, time: alert.time, line: JSON.stringify(record) };
}

function processFields(process: RunningProcess): Record<string, unknown> {
  return {
    entity_id: guid(`process ${process.device.name} ${process.pid}`),
    pid: process.pid,
    name: process.image.name,
    executable: `${process.image.path}\\${process.image.name}`,
    command_line: process.commandLine,
    start: process.started.toISOString(),
    hash: { sha256: process.image.sha256, sha1: process.image.sha1, md5: process.image.md5 },
  };
}

function threat(alert: ElasticAlert): unknown[] {
  if (!alert.tactic) return [];
  const [tacticId, tacticName] = alert.tactic;
  const technique = alert.technique ? [{ id: alert.technique[0], name: alert.technique[1] }] : [];
  return [{ framework: 'MITRE ATT&CK', tactic: { id: tacticId, name: tacticName }, technique }];
}

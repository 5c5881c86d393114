import { type Evidence, makeAlert, type Severity } from '@throughline/model';
import { alertId, contentId } from '../field/alert-id.ts';
import { tacticsFrom, techniquesIn } from '../field/attack.ts';
import {
  deviceEvidence,
  evidenceList,
  fileEvidence,
  ipEvidence,
  processEvidence,
  urlEvidence,
  userEvidence,
} from '../field/evidence.ts';
import { instant } from '../field/instant.ts';
import { at, cut, type Fields, fields, firstText, isFields, number, text, texts } from '../field/value.ts';
import { type IntakeFormat, Refused } from '../outcome.ts';

/** Wazuh alerts.json: one alert a line with `rule`, `agent` and `manager`. */
export const wazuh: IntakeFormat = {
  name: 'wazuh',
  about: 'Wazuh alerts.json',

  recognises(record) {
    if (!isFields(record) || !isFields(record.rule)) return false;
    const rule = record.rule;
    return 'level' in rule && ('agent' in record || 'manager' in record || 'decoder' in record || 'full_log' in record);
  },

  read(record, context) {
    const alert = fields(record);
    const rule = fields(alert.rule);
    const title = text(rule.description) ?? text(rule.id);
    if (title === null) throw new Refused('missingField', 'rule.description: no text');
    const when = instant('timestamp', context.now, alert.timestamp, alert['@timestamp']);
    const providerAlertId = text(alert.id) ?? contentId(alert);
    const mitre = fields(rule.mitre);
    const mitreTechniques = techniquesIn(mitre.id);
    const groups = texts(rule.groups);
    return [
      {
        alert: makeAlert({
          // The id counts within one manager's day file: the manager keeps two of them apart.
          id: alertId('wz', withManager(providerAlertId, at(alert, 'manager', 'name'))),
          tenantId: context.tenantId,
          providerAlertId: cut(providerAlertId, 256),
          title: cut(title, 512),
          description: text(alert.full_log),
          severity: severityOf(number(rule.level)),
          category: groups[0] ?? null,
          tactics: tacticsFrom([mitre.tactic], mitreTechniques),
          mitreTechniques,
          serviceSource: 'wazuh',
          detectionSource: firstText(at(alert, 'decoder', 'name'), 'wazuh') ?? 'wazuh',
          productName: 'Wazuh',
          detectorId: cut(text(rule.id) ?? title, 256),
          createdDateTime: when,
          additionalData: alert,
          evidence: evidenceOf(alert),
        }),
      },
    ];
  },
};

function withManager(id: string, manager: unknown): string {
  const name = text(manager);
  return name === null ? id : `${name}:${id}`;
}

/** Rule levels 0–15: below 4 noise and system notices, 4–6 low, 7–11 medium ("bad word", first-time events), 12 and more high. */
function severityOf(level: number | null): Severity {
  if (level === null) return 'unknown';
  if (level < 4) return 'informational';
  if (level < 7) return 'low';
  return level < 12 ? 'medium' : 'high';
}

function evidenceOf(alert: Fields): Evidence[] {
  const agent = fields(alert.agent);
  const data = fields(alert.data);
  const win = fields(at(data, 'win', 'eventdata'));
  const syscheck = fields(alert.syscheck);
  // Agent 000 is the manager itself, reading other machines' logs; their name is in the syslog header.
  const remote = text(agent.id) === '000' ? at(alert, 'predecoder', 'hostname') : null;
  const name = firstText(remote, at(data, 'win', 'system', 'computer'), agent.name);
  return evidenceList(
    deviceEvidence(name, ['attacked'], { lastIpAddress: remote ? null : text(agent.ip) }),
    remote === null ? ipEvidence(agent.ip, ['attacked']) : null,
    ipEvidence(firstText(data.srcip, data.src_ip, win.ipAddress, win.sourceIp), ['source']),
    ipEvidence(firstText(data.dstip, data.dest_ip, win.destinationIp), ['destination']),
    userEvidence(
      {
        name: firstText(data.dstuser, win.targetUserName),
        domain: win.targetDomainName,
        sid: win.targetUserSid,
      },
      ['attacked'],
    ),
    userEvidence({
      name: firstText(data.srcuser, win.subjectUserName, win.user, data.user),
      domain: win.subjectDomainName,
      sid: win.subjectUserSid,
    }),
    processEvidence({
      id: firstText(win.processId, data.pid),
      commandLine: win.commandLine,
      image: { path: firstText(win.image, win.newProcessName, win.processName), ...hashes(win.hashes) },
      startTime: null,
      parentId: win.parentProcessId,
      parentImage: { path: firstText(win.parentImage, win.parentProcessName) },
    }),
    fileEvidence({
      path: firstText(syscheck.path, win.targetFilename, data.file),
      size: syscheck.size_after,
      sha256: syscheck.sha256_after,
      sha1: syscheck.sha1_after,
      md5: syscheck.md5_after,
    }),
    /^https?:/i.test(text(data.url) ?? '') ? urlEvidence(data.url) : null,
  );
}

/** Sysmon's "MD5=…,SHA256=…". */
function hashes(value: unknown): { sha256?: string; sha1?: string; md5?: string } {
  const found: Record<string, string> = {};
  for (const part of (text(value) ?? '').split(',')) {
    const [name = '', hash] = part.split('=');
    if (hash !== undefined) found[name.toLowerCase()] = hash;
  }
  return {
    ...(found.sha256 ? { sha256: found.sha256 } : {}),
    ...(found.sha1 ? { sha1: found.sha1 } : {}),
    ...(found.md5 ? { md5: found.md5 } : {}),
  };
}

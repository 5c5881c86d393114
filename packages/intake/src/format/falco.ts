import { makeAlert, type Severity } from '@throughline/model';
import { alertId, contentId } from '../field/alert-id.ts';
import { tacticsFrom, techniquesIn } from '../field/attack.ts';
import {
  deviceEvidence,
  evidenceList,
  fileEvidence,
  ipEvidence,
  processEvidence,
  userEvidence,
} from '../field/evidence.ts';
import { instant } from '../field/instant.ts';
import { cut, fields, isFields, text, texts } from '../field/value.ts';
import { type IntakeFormat, Refused } from '../outcome.ts';

const severityOf: ReadonlyMap<string, Severity> = new Map<string, Severity>([
  ['emergency', 'high'],
  ['alert', 'high'],
  ['critical', 'high'],
  ['error', 'medium'],
  ['warning', 'medium'],
  ['notice', 'low'],
  ['informational', 'informational'],
  ['info', 'informational'],
  ['debug', 'informational'],
]);

/** Falco events as its JSON output and HTTP output send them. */
export const falco: IntakeFormat = {
  name: 'falco',
  about: 'Falco events (JSON output)',

  recognises(record) {
    return isFields(record) && 'output' in record && 'priority' in record && 'rule' in record && !isFields(record.rule);
  },

  read(record, context) {
    const event = fields(record);
    const rule = text(event.rule);
    if (rule === null) throw new Refused('missingField', 'rule: no text');
    const when = instant('time', context.now, event.time);
    const out = fields(event.output_fields);
    const tags = texts(event.tags);
    const mitreTechniques = techniquesIn(tags);
    const providerAlertId = text(event.uuid) ?? contentId(event);
    const wordsOfTags = tags.map((tag) => tag.replace(/^mitre_/, ''));
    return [
      {
        alert: makeAlert({
          id: alertId('fa', providerAlertId),
          tenantId: context.tenantId,
          providerAlertId: cut(providerAlertId, 256),
          title: cut(rule, 512),
          description: text(event.output),
          severity: severityOf.get((text(event.priority) ?? '').toLowerCase()) ?? 'unknown',
          tactics: tacticsFrom([wordsOfTags], mitreTechniques),
          mitreTechniques,
          serviceSource: 'falco',
          detectionSource: text(event.source) ?? 'falco',
          productName: 'Falco',
          detectorId: cut(rule, 256),
          createdDateTime: when,
          additionalData: event,
          evidence: evidenceList(
            deviceEvidence(event.hostname, ['attacked']),
            userEvidence({ name: out['user.name'] }),
            processEvidence({
              id: out['proc.pid'],
              commandLine: out['proc.cmdline'],
              image: { name: out['proc.name'], path: out['proc.exepath'] },
              parentId: out['proc.ppid'],
              parentImage: { name: out['proc.pname'] },
            }),
            /^[/\\]/.test(text(out['fd.name']) ?? '') ? fileEvidence({ path: out['fd.name'] }) : null,
            ipEvidence(out['fd.cip'] ?? out['fd.lip'], ['source']),
            ipEvidence(out['fd.sip'] ?? out['fd.rip'], ['destination']),
          ),
        }),
      },
    ];
  },
};

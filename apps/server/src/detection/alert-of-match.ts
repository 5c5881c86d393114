import { createHash } from 'node:crypto';
import type { RuleHead, RuleLevel } from '@throughline/detect';
import {
  type Alert,
  type Evidence,
  makeAlert,
  parseTactic,
  type Severity,
  tacticIndex,
  tacticsOfTechnique,
} from '@throughline/model';

/** What repeats of one rule on one asset come to within a window of time. Times are ms UTC. */
export type Fold = { count: number; first: number; last: number; records: readonly string[] };

const severityOf: Record<RuleLevel, Severity> = {
  informational: 'informational',
  low: 'low',
  medium: 'medium',
  high: 'high',
  critical: 'high',
};
const mostEvidence = 60;

/** The ledger's source of alerts that our own rules raise. */
export const detectionSource = 'throughlineDetection';

/** The id of the alert in which repeats of a rule on an asset fold: windows lie on fixed bounds, so any order gives the same. */
export function foldId(tenantId: string, ruleId: string, asset: string, time: number, windowMs: number): string {
  const window = Math.floor(time / windowMs);
  const name = [tenantId, ruleId, asset, windowMs, window].join('\0');
  return `tl_${createHash('sha256').update(name).digest('hex').slice(0, 32)}`;
}

/** The alert of a rule as it is first told; {@link toldAlert} makes what is sent of it. */
export function firstAlert(rule: RuleHead, id: string, tenantId: string, time: number, evidence: Evidence[]): Alert {
  const { title, level, author, license, description, references, falsePositives, tags, status } = rule;
  const named = rule.tactics.map(parseTactic).filter((tactic) => tactic !== null);
  const tactics = named.length > 0 ? named : rule.techniques.flatMap(tacticsOfTechnique);
  const by = `Rule ${rule.id} by ${author === '' ? 'an author it does not name' : author}${license === '' ? '' : `, licence ${license}`}.`;
  return makeAlert({
    id,
    tenantId,
    providerAlertId: id,
    title: title.slice(0, 512),
    description: description === '' ? by : `${description.trim()}\n\n${by}`,
    severity: severityOf[level],
    tactics: [...new Set(tactics)].sort((one, other) => tacticIndex(one) - tacticIndex(other)),
    mitreTechniques: rule.techniques,
    serviceSource: 'throughline',
    detectionSource: 'sigma',
    productName: 'Throughline',
    detectorId: rule.id.slice(0, 256),
    createdDateTime: new Date(time).toISOString(),
    recommendedActions: recommended(rule),
    evidence: evidence.slice(0, mostEvidence),
    additionalData: { rule: { id: rule.id, title, author, license, level, status, tags, references, falsePositives } },
  });
}

/** What is told of an alert: with how often, from when to when, and the keys of its raw records. `now` is the update. */
export function toldAlert(alert: Alert, { count, first, last, records }: Fold, now: Date): Alert {
  const firstActivityDateTime = new Date(first).toISOString();
  const lastActivityDateTime = new Date(last).toISOString();
  return {
    ...alert,
    firstActivityDateTime,
    lastActivityDateTime,
    lastUpdateDateTime: now.toISOString(),
    additionalData: {
      ...alert.additionalData,
      count,
      firstActivityDateTime,
      lastActivityDateTime,
      recordKeys: records,
    },
  };
}

/** What to do: the rule's own word, else where to look; then what looks the same and is harmless, and what to read. */
function recommended({ recommendation, falsePositives, fields, references }: RuleHead): string {
  const known = falsePositives.filter((text) => !/^(?:unknown|unlikely|none)\b/i.test(text));
  return [
    recommendation === ''
      ? 'Look at the raw events, and at what the process and the account did before and after.'
      : recommendation.trim(),
    ...(fields.length === 0 ? [] : [`Fields worth a look: ${fields.join(', ')}.`]),
    ...(known.length === 0 ? [] : [`Known harmless causes: ${known.join('; ')}.`]),
    ...(references.length === 0 ? [] : [`Read: ${references.slice(0, 5).join(' ')}`]),
  ].join('\n');
}

import type { Evidence } from '@throughline/model';

type Verdict = 'unknown' | 'suspicious' | 'malicious' | 'noThreatsFound';

const known: readonly Verdict[] = ['unknown', 'suspicious', 'malicious', 'noThreatsFound'];

/** The verdict, "unknown" for a word that is not in the list. */
export function verdictOf(evidence: Evidence): Verdict {
  return known.find((verdict) => verdict === evidence.verdict) ?? 'unknown';
}

const common = new Set([
  '@odata.type',
  'createdDateTime',
  'verdict',
  'remediationStatus',
  'roles',
  'detailedRoles',
  'tags',
]);

/** "analyzedMessageEvidence" → "Analyzed message". */
export function words(name: string): string {
  const spaced = name
    .replace(/^.*\./, '')
    .replace(/Evidence$/, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** Flattens evidence into label and text; nested fields are named by their own name, lists are joined. Nothing is left out. */
export function factsOfEvidence(evidence: Evidence): {
  kind: string;
  commandLine: string | null;
  facts: { key: string; value: string }[];
} {
  const facts: { key: string; value: string }[] = [];
  let commandLine: string | null = null;
  const walk = (value: object, path: string, depth: number) => {
    for (const [name, field] of Object.entries(value)) {
      if (field === null || field === undefined || field === '' || common.has(name)) continue;
      const key = path === '' ? words(name) : `${path} ${words(name).toLowerCase()}`;
      if (name === 'processCommandLine' && typeof field === 'string') commandLine = field;
      else if (Array.isArray(field) && field.every((item) => typeof item !== 'object')) {
        if (field.length > 0) facts.push({ key, value: field.join(', ') });
      } else if (typeof field === 'object' && depth < 3)
        walk(field, depth === 0 && plain.has(name) ? '' : key, depth + 1);
      else facts.push({ key, value: typeof field === 'object' ? JSON.stringify(field) : String(field) });
    }
  };
  walk(evidence, '', 0);
  if (typeof evidence.remediationStatus === 'string' && evidence.remediationStatus !== 'none') {
    facts.push({ key: 'Remediation', value: words(evidence.remediationStatus) });
  }
  return { kind: words(evidence['@odata.type']), commandLine, facts };
}

/** Wrappers whose fields need no prefix. */
const plain = new Set(['userAccount', 'fileDetails', 'imageFile']);

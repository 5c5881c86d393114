/** Classification and determination: one tree, two spelling generations (Graph and the older Defender XDR API). */

export const classifications = ['unknown', 'truePositive', 'informationalExpectedActivity', 'falsePositive'] as const;
export type Classification = (typeof classifications)[number];

export const determinations = [
  'unknown',
  'multiStagedAttack',
  'maliciousUserActivity',
  'compromisedAccount',
  'malware',
  'phishing',
  'unwantedSoftware',
  'securityTesting',
  'lineOfBusinessApplication',
  'confirmedActivity',
  'notMalicious',
  'notEnoughDataToValidate',
  'other',
  'apt',
  'securityPersonnel',
] as const;
export type Determination = (typeof determinations)[number];

/** What a person may choose under each classification, in the order shown. `apt` and `securityPersonnel` are accepted, never offered. */
export const determinationsOf: Readonly<Record<Classification, readonly Determination[]>> = {
  unknown: ['unknown'],
  truePositive: [
    'multiStagedAttack',
    'maliciousUserActivity',
    'compromisedAccount',
    'malware',
    'phishing',
    'unwantedSoftware',
    'other',
  ],
  informationalExpectedActivity: ['securityTesting', 'lineOfBusinessApplication', 'confirmedActivity', 'other'],
  falsePositive: ['notMalicious', 'notEnoughDataToValidate', 'other'],
};

const classificationAliases: Readonly<Record<string, Classification>> = {
  '': 'unknown',
  notset: 'unknown',
  unknown: 'unknown',
  truepositive: 'truePositive',
  informationalexpectedactivity: 'informationalExpectedActivity',
  benignpositive: 'informationalExpectedActivity',
  falsepositive: 'falsePositive',
};

const determinationAliases: Readonly<Record<string, Determination>> = {
  '': 'unknown',
  notavailable: 'unknown',
  unknown: 'unknown',
  multistagedattack: 'multiStagedAttack',
  multistageattack: 'multiStagedAttack',
  malicioususeractivity: 'maliciousUserActivity',
  compromisedaccount: 'compromisedAccount',
  compromiseduser: 'compromisedAccount',
  malware: 'malware',
  phishing: 'phishing',
  unwantedsoftware: 'unwantedSoftware',
  securitytesting: 'securityTesting',
  lineofbusinessapplication: 'lineOfBusinessApplication',
  confirmedactivity: 'confirmedActivity',
  confirmeduseractivity: 'confirmedActivity',
  clean: 'notMalicious',
  notmalicious: 'notMalicious',
  noenoughdatatovalidate: 'notEnoughDataToValidate',
  notenoughdatatovalidate: 'notEnoughDataToValidate',
  insufficientdata: 'notEnoughDataToValidate',
  other: 'other',
  apt: 'apt',
  securitypersonnel: 'securityPersonnel',
};

/** Reads a classification in any published spelling; `null` when the text is none. */
export function parseClassification(value: unknown): Classification | null {
  return lookUp(classificationAliases, value);
}

/** Reads a determination in any published spelling; `null` when the text is none. */
export function parseDetermination(value: unknown): Determination | null {
  return lookUp(determinationAliases, value);
}

/** The classification that a determination belongs to, or `null` where it fits several (`other`) or none. */
export function classificationOf(determination: Determination): Classification | null {
  if (determination === 'apt') return 'truePositive';
  if (determination === 'securityPersonnel') return 'informationalExpectedActivity';
  const homes = classifications.filter((c) => c !== 'unknown' && determinationsOf[c].includes(determination));
  return homes.length === 1 ? (homes[0] ?? null) : null;
}

function lookUp<T>(aliases: Readonly<Record<string, T>>, value: unknown): T | null {
  if (value === null || value === undefined) return aliases[''] ?? null;
  if (typeof value !== 'string') return null;
  const key = value.toLowerCase().replace(/[^a-z]/g, '');
  return Object.hasOwn(aliases, key) ? (aliases[key] ?? null) : null;
}

import type { Classification, Determination } from './classification.ts';

/** What a tuning rule does with the alerts it is about, the strictest first: of several rules the strictest applies. */
export const tuningActions = ['hide', 'behaviour', 'resolve'] as const;
export type TuningAction = (typeof tuningActions)[number];

/** What became of an alert that a rule was about: it hides it still, it hid it, it resolved it as it came in. */
export const tunedStates = ['hidden', 'released', 'resolved'] as const;
export type TunedState = (typeof tunedStates)[number];

/** Kinds of evidence that conditions look at; a rule may name one whose conditions must hold on one and the same. */
export const tuningTriggers = [
  'device',
  'user',
  'file',
  'process',
  'ip',
  'url',
  'mail',
  'cloudResource',
  'registry',
] as const;
export type TuningTrigger = (typeof tuningTriggers)[number];

/** What a condition of the alert itself looks at. */
export const alertProperties = [
  'title',
  'detector',
  'severity',
  'category',
  'serviceSource',
  'detectionSource',
  'product',
  'technique',
] as const;
export type AlertProperty = (typeof alertProperties)[number];

/** What a condition of evidence looks at: kind, dot, field. */
export const evidenceProperties = [
  'device.name',
  'device.domain',
  'device.tag',
  'device.os',
  'device.group',
  'user.name',
  'user.upn',
  'file.name',
  'file.path',
  'file.hash',
  'process.name',
  'process.commandLine',
  'process.parent',
  'ip.address',
  'url.url',
  'url.domain',
  'mail.sender',
  'mail.subject',
  'mail.recipient',
  'cloudResource.name',
  'registry.key',
] as const;
export type EvidenceProperty = (typeof evidenceProperties)[number];

export type TuningProperty = AlertProperty | EvidenceProperty;
export const tuningProperties = [...alertProperties, ...evidenceProperties] as const;

/** `wildcard`: `*` any text, `?` one character. `inNetwork`: an address within a CIDR block. Case never counts. */
export const tuningOperators = [
  'equals',
  'isAnyOf',
  'contains',
  'startsWith',
  'endsWith',
  'wildcard',
  'inNetwork',
] as const;
export type TuningOperator = (typeof tuningOperators)[number];

/** Holds when one of the property's words agrees with one of the values. */
export type TuningCondition = { property: TuningProperty; operator: TuningOperator; values: string[] };
/** Conditions and groups of which all, or any, must hold. */
export type TuningGroup = { match: 'all' | 'any'; items: TuningItem[] };
export type TuningItem = TuningCondition | TuningGroup;

/** How deep groups nest, and how much a rule may say. */
export const tuningLimits = { levels: 3, conditions: 50, values: 100, valueLength: 500 } as const;

/** A rule says so this long before it ends, ms. */
export const tuningExpiryWarningMs = 7 * 86_400_000;

/** The evidence kind of a property, null for one of the alert itself. */
export function triggerOf(property: TuningProperty): TuningTrigger | null {
  const dot = property.indexOf('.');
  return dot < 0 ? null : (property.slice(0, dot) as TuningTrigger);
}

/** The rule that applied to an alert when it came in, as it was then. */
export type TuningMark = {
  ruleId: number;
  version: number;
  name: string;
  action: TuningAction;
  /** Who saved that version, and their comment. */
  by: string;
  comment: string;
  /** What an alert resolved by it is classified as. */
  classification: Classification;
  determination: Determination;
};

const lead: Record<TuningAction, string> = {
  hide: 'Hidden by',
  behaviour: 'Kept as behaviour by',
  resolve: 'Resolved on arrival by',
};

/** "Resolved on arrival by tuning rule “Patch night” (made by Ada: known installer)". */
export function tuningSentence({ action, name, by, comment }: TuningMark): string {
  return `${lead[action]} tuning rule “${name}” (made by ${by}${comment === '' ? '' : `: ${comment}`})`;
}

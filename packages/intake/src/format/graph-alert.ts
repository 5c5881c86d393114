import {
  type Alert,
  alertStatuses,
  type Evidence,
  makeAlert,
  memberOf,
  parseClassification,
  parseDetermination,
  readEvidence,
  type Severity,
  severities,
} from '@throughline/model';
import { ownId } from '../field/alert-id.ts';
import { tacticsFrom } from '../field/attack.ts';
import { instant, instantIfSet, instantOrNull } from '../field/instant.ts';
import { siteOfSensor } from '../field/site.ts';
import { cut, type Fields, fields, isFields, text, texts } from '../field/value.ts';
import { type ReadContext, Refused } from '../outcome.ts';

/** Fields that have a place in our alert, or say nothing beyond it. */
const placed: ReadonlySet<string> = new Set(
  `id providerAlertId title description severity status classification determination category mitreTechniques
  serviceSource detectionSource productName detectorId createdDateTime firstActivityDateTime lastActivityDateTime
  lastUpdateDateTime resolvedDateTime assignedTo actorDisplayName threatDisplayName threatFamilyName recommendedActions
  alertWebUrl alertPolicyId investigationState comments systemTags customDetails additionalData evidence`.split(/\s+/),
);

/**
 * Reads one alerts_v2 alert. Enum names in any case; an enum member that is not known reads as `unknown` and is kept in
 * `additionalData`, as is every field without a place of its own.
 * @throws {Refused} when a required field is missing, or a field has the wrong type
 */
export function readGraphAlert(value: unknown, context: ReadContext): Alert {
  if (!isFields(value)) throw new Refused('invalidField', 'alert: not an object');
  const provider = optional(value, 'providerAlertId');
  const id = optional(value, 'id') ?? provider;
  if (id === null) throw new Refused('missingField', 'id: no text');
  const title = optional(value, 'title');
  if (title === null) throw new Refused('missingField', 'title: no text');
  const { now } = context;
  const created = instant('createdDateTime', now, value.createdDateTime, value.firstActivityDateTime);
  const first = instantOrNull('firstActivityDateTime', value.firstActivityDateTime, now) ?? created;
  const last = instantOrNull('lastActivityDateTime', value.lastActivityDateTime, now) ?? first;
  const kept = additional(value);
  const mitreTechniques = stringList(value, 'mitreTechniques');
  const category = optional(value, 'category');
  const service = optional(value, 'serviceSource') ?? 'unknown';
  return makeAlert({
    id: ownId('gr', id),
    tenantId: context.tenantId,
    providerAlertId: cut(provider ?? id, 256),
    title: cut(title, 512),
    description: optional(value, 'description'),
    severity: known(value, 'severity', kept, severityOf) ?? 'unknown',
    status: known(value, 'status', kept, knownStatus) ?? 'new',
    classification: known(value, 'classification', kept, parseClassification) ?? 'unknown',
    determination: known(value, 'determination', kept, parseDetermination) ?? 'unknown',
    category,
    tactics: tacticsFrom([category, value.categories], mitreTechniques),
    mitreTechniques,
    serviceSource: service,
    detectionSource: optional(value, 'detectionSource') ?? service,
    productName: optional(value, 'productName'),
    detectorId: cut(optional(value, 'detectorId') ?? title, 256),
    site: siteOfSensor(kept.sensor),
    createdDateTime: created,
    firstActivityDateTime: first,
    lastActivityDateTime: last,
    lastUpdateDateTime: instantOrNull('lastUpdateDateTime', value.lastUpdateDateTime, now) ?? created,
    resolvedDateTime: instantIfSet('resolvedDateTime', value.resolvedDateTime, now),
    assignedTo: optional(value, 'assignedTo'),
    actorDisplayName: optional(value, 'actorDisplayName'),
    threatDisplayName: optional(value, 'threatDisplayName'),
    threatFamilyName: optional(value, 'threatFamilyName'),
    recommendedActions: optional(value, 'recommendedActions'),
    alertWebUrl: optional(value, 'alertWebUrl'),
    alertPolicyId: optional(value, 'alertPolicyId'),
    investigationState: optional(value, 'investigationState'),
    comments: commentsOf(value.comments),
    systemTags: stringList(value, 'systemTags'),
    customDetails: fields(value.customDetails),
    additionalData: kept,
    evidence: evidenceOf(value.evidence),
  });
}

function optional(alert: Fields, field: string): string | null {
  const value = alert[field];
  if (value === null || value === undefined) return null;
  if (typeof value === 'object') throw new Refused('invalidField', `${field}: text expected`);
  return text(value);
}

function stringList(alert: Fields, field: string): string[] {
  const value = alert[field];
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value)) throw new Refused('invalidField', `${field}: a list expected`);
  return texts(value);
}

/** Graph has no "critical"; products that copy its shape do. */
function severityOf(value: unknown): Severity | null {
  return typeof value === 'string' && value.toLowerCase() === 'critical' ? 'high' : knownSeverity(value);
}

/** Most products spell an enum as the metadata does: only other spellings are worth the folding. */
function member<T extends string>(list: readonly T[]): (value: unknown) => T | null {
  return (value) => (list.includes(value as T) ? (value as T) : memberOf(list, value));
}

const knownSeverity = member(severities);
const knownStatus = member(alertStatuses);

function known<T>(alert: Fields, field: string, kept: Fields, parse: (value: unknown) => T | null): T | null {
  const value = alert[field];
  if (value === null || value === undefined || value === '') return null;
  if (typeof value !== 'string') throw new Refused('invalidField', `${field}: text expected`);
  const member = parse(value);
  if (member === null && value !== 'unknownFutureValue') kept[field] = value;
  return member;
}

function additional(alert: Fields): Fields {
  const own = alert.additionalData;
  const kept: Fields = isFields(own) ? { ...own } : {};
  for (const key of Object.keys(alert)) {
    if (placed.has(key)) continue;
    if (key === '__proto__') Object.defineProperty(kept, key, { value: alert[key], enumerable: true });
    else kept[key] = alert[key];
  }
  return kept;
}

function evidenceOf(value: unknown): Evidence[] {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value)) throw new Refused('invalidField', 'evidence: a list expected');
  return value.map((item, index) => {
    const result = readEvidence(item);
    if ('problem' in result) throw new Refused('invalidField', `evidence[${index}]: ${result.problem}`);
    return result.evidence;
  });
}

/** Graph's metadata and its documents disagree on the names of a comment's author and time. */
function commentsOf(value: unknown): Alert['comments'] {
  if (!Array.isArray(value)) return [];
  return value.filter(isFields).flatMap((item) => {
    const comment = text(item.comment);
    if (comment === null) return [];
    const createdByDisplayName = text(item.createdByDisplayName ?? item.createdBy);
    const createdDateTime = text(item.createdDateTime ?? item.createdTime);
    return [{ comment, createdByDisplayName, createdDateTime }];
  });
}

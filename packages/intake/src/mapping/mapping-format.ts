import { type Alert, alertStatuses, makeAlert, memberOf, type Severity, severities } from '@throughline/model';
import { alertId, contentId } from '../field/alert-id.ts';
import { tacticsFrom, techniquesIn } from '../field/attack.ts';
import { instant, instantOrNull } from '../field/instant.ts';
import { cut, isFields, text, texts } from '../field/value.ts';
import { type IntakeFormat, type ReadContext, Refused } from '../outcome.ts';
import { mappedEvidence } from './mapped-evidence.ts';
import { type MappableField, type Mapping, parseMapping } from './mapping-file.ts';
import { take, valueAt } from './pick.ts';

/**
 * The format a mapping file describes; its name is "mapping:" and the file's name.
 * @throws {MappingError} when the file is not valid
 */
export function mappingFormat(file: unknown): IntakeFormat {
  const mapping = parseMapping(file);
  const conditions = Object.entries(mapping.when);
  return {
    name: `mapping:${mapping.name}`,
    about: mapping.about ?? `Records of the mapping file ${mapping.name}`,

    recognises(record) {
      if (!isFields(record)) return false;
      return conditions.every(([path, wanted]) => {
        const found = valueAt(record, path);
        return wanted === true ? found !== undefined && found !== null : text(found) === text(wanted);
      });
    },

    read(record, context) {
      return [{ alert: readMapped(mapping, record, context) }];
    },
  };
}

const severityWords: ReadonlyMap<string, Severity> = new Map<string, Severity>([
  ['critical', 'high'],
  ['fatal', 'high'],
  ['error', 'medium'],
  ['warning', 'medium'],
  ['moderate', 'medium'],
  ['info', 'informational'],
  ['notice', 'informational'],
]);

function readMapped(mapping: Mapping, record: unknown, context: ReadContext): Alert {
  const pick = (field: MappableField) => {
    const from = mapping.fields[field];
    return from === undefined ? undefined : take(record, from);
  };
  const title = text(pick('title'));
  if (title === null) throw new Refused('missingField', 'title: the mapping finds no text');
  const { now } = context;
  const when = instant('createdDateTime', now, pick('createdDateTime'));
  const first = instantOrNull('firstActivityDateTime', pick('firstActivityDateTime'), now) ?? when;
  const providerAlertId = text(pick('providerAlertId')) ?? contentId(record);
  const mitreTechniques = techniquesIn(texts(pick('mitreTechniques')));
  const category = text(pick('category'));
  const severity = text(pick('severity'));
  const service = text(pick('serviceSource')) ?? mapping.name;
  const details = Object.entries(mapping.customDetails ?? {}).map(
    ([name, from]) => [name, take(record, from)] as const,
  );
  return makeAlert({
    id: alertId('mp', `${mapping.name}:${providerAlertId}`),
    tenantId: context.tenantId,
    providerAlertId: cut(providerAlertId, 256),
    title: cut(title, 512),
    description: text(pick('description')),
    severity: memberOf(severities, severity) ?? severityWords.get(severity?.toLowerCase() ?? '') ?? 'unknown',
    status: memberOf(alertStatuses, pick('status')) ?? 'new',
    category,
    tactics: tacticsFrom([pick('tactics'), category], mitreTechniques),
    mitreTechniques,
    serviceSource: service,
    detectionSource: text(pick('detectionSource')) ?? service,
    productName: text(pick('productName')),
    detectorId: cut(text(pick('detectorId')) ?? title, 256),
    site: text(pick('site')),
    createdDateTime: when,
    firstActivityDateTime: first,
    lastActivityDateTime: instantOrNull('lastActivityDateTime', pick('lastActivityDateTime'), now) ?? first,
    assignedTo: text(pick('assignedTo')),
    actorDisplayName: text(pick('actorDisplayName')),
    threatDisplayName: text(pick('threatDisplayName')),
    threatFamilyName: text(pick('threatFamilyName')),
    recommendedActions: text(pick('recommendedActions')),
    alertWebUrl: text(pick('alertWebUrl')),
    systemTags: texts(pick('systemTags')),
    customDetails: Object.fromEntries(details.filter(([, value]) => value !== undefined && value !== null)),
    additionalData: isFields(record) ? record : {},
    evidence: mappedEvidence(mapping.evidence ?? [], record),
  });
}

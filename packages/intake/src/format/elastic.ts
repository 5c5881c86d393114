import { type Alert, type AlertStatus, makeAlert, memberOf, severities } from '@throughline/model';
import { alertId, contentId } from '../field/alert-id.ts';
import { tacticsFrom, techniquesIn } from '../field/attack.ts';
import { instant, instantOrNull } from '../field/instant.ts';
import { at, cut, type Fields, fields, firstText, isFields, list, texts } from '../field/value.ts';
import { type IntakeFormat, type ReadContext, Refused } from '../outcome.ts';
import { type EcsLookup, elasticEvidence } from './elastic-evidence.ts';

/** Elastic Security alerts: `kibana.alert.*` flattened or nested, the older `signal.*`, alone or as a search hit. */
export const elastic: IntakeFormat = {
  name: 'elastic',
  about: 'Elastic Security alerts (kibana.alert.* flattened or nested, signal.*, search hits)',

  recognises(record) {
    if (!isFields(record)) return false;
    const source = isFields(record._source) ? record._source : record;
    if ('kibana.alert.rule.name' in source || 'kibana.alert.uuid' in source || 'kibana.alert.rule.uuid' in source)
      return true;
    return isFields(at(source, 'kibana', 'alert')) || isFields(at(source, 'signal', 'rule'));
  },

  read(record, context) {
    const hit = fields(record);
    const source = isFields(hit._source) ? hit._source : hit;
    return [{ alert: readAlert(source, hit._id, context) }];
  },
};

/** Elastic writes a field as nested objects, as one dotted key, or as a mixture of both. */
function lookupIn(source: Fields): EcsLookup {
  return (path) => {
    if (Object.hasOwn(source, path)) return source[path];
    let here: Fields = source;
    let rest = path;
    for (;;) {
      const dot = rest.indexOf('.');
      if (dot < 0) return Object.hasOwn(here, rest) ? here[rest] : undefined;
      const next = here[rest.slice(0, dot)];
      if (!isFields(next)) return undefined;
      rest = rest.slice(dot + 1);
      if (Object.hasOwn(next, rest)) return next[rest];
      here = next;
    }
  };
}

const statuses: ReadonlyMap<unknown, AlertStatus> = new Map<unknown, AlertStatus>([
  ['open', 'new'],
  ['acknowledged', 'inProgress'],
  ['in-progress', 'inProgress'],
  ['closed', 'resolved'],
]);

function readAlert(source: Fields, hitId: unknown, context: ReadContext): Alert {
  const get = lookupIn(source);
  const title = firstText(one(get('kibana.alert.rule.name')), get('signal.rule.name'));
  if (title === null) throw new Refused('missingField', 'kibana.alert.rule.name: no text');
  const { now } = context;
  const when = instant('@timestamp', now, one(get('@timestamp')), one(get('kibana.alert.start')));
  const original = one(get('kibana.alert.original_time')) ?? get('signal.original_time');
  const first = instantOrNull('kibana.alert.original_time', original, now) ?? when;
  const parameters = fields(get('kibana.alert.rule.parameters'));
  const threats = [get('kibana.alert.rule.threat'), parameters.threat, get('signal.rule.threat')]
    .flatMap((threat) => (Array.isArray(threat) ? threat : [threat]))
    .filter(isFields);
  const mitreTechniques = techniquesIn(
    texts(get('threat.technique.id')),
    texts(get('threat.technique.subtechnique.id')),
    ...threats.flatMap((threat) =>
      list(threat.technique).flatMap((item) => [
        at(item, 'id'),
        ...list(at(item, 'subtechnique')).map((sub) => at(sub, 'id')),
      ]),
    ),
  );
  const tactics = [
    ...threats.map((threat) => at(threat, 'tactic', 'id')),
    get('threat.tactic.id'),
    get('threat.tactic.name'),
  ];
  const severity = firstText(one(get('kibana.alert.severity')), parameters.severity, get('signal.rule.severity'));
  const providerAlertId = firstText(one(get('kibana.alert.uuid')), hitId, get('signal._id')) ?? contentId(source);
  const rule = firstText(
    one(get('kibana.alert.rule.rule_id')),
    parameters.rule_id,
    one(get('kibana.alert.rule.uuid')),
    get('signal.rule.rule_id'),
    get('signal.rule.id'),
  );
  return makeAlert({
    id: alertId('el', providerAlertId),
    tenantId: context.tenantId,
    providerAlertId: cut(providerAlertId, 256),
    title: cut(title, 512),
    description: firstText(
      one(get('kibana.alert.rule.description')),
      parameters.description,
      get('signal.rule.description'),
      one(get('kibana.alert.reason')),
    ),
    severity: severity?.toLowerCase() === 'critical' ? 'high' : (memberOf(severities, severity) ?? 'unknown'),
    status: statuses.get(one(get('kibana.alert.workflow_status')) ?? get('signal.status')) ?? 'new',
    category: firstText(...threats.map((threat) => at(threat, 'tactic', 'name')), list(get('event.category'))[0]),
    tactics: tacticsFrom(tactics, mitreTechniques),
    mitreTechniques,
    serviceSource: 'elastic',
    detectionSource: firstText(one(get('event.module')), one(get('kibana.alert.rule.type')), 'elastic') ?? 'elastic',
    productName: 'Elastic Security',
    detectorId: cut(rule ?? title, 256),
    createdDateTime: when,
    firstActivityDateTime: first,
    lastActivityDateTime: first,
    alertWebUrl: firstText(one(get('kibana.alert.url'))),
    recommendedActions: firstText(parameters.note, get('signal.rule.note')),
    additionalData: source,
    evidence: elasticEvidence((path) => one(get(path))),
  });
}

/** Search results with `fields` give every value as a list. */
function one(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value;
}

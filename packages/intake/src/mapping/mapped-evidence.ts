import {
  type Evidence,
  type EvidenceTypeName,
  evidenceShapes,
  graphTypePrefix,
  readEvidence,
} from '@throughline/model';
import { type Fields, isFields, list, number, text } from '../field/value.ts';
import { Refused } from '../outcome.ts';
import type { EvidenceMapping } from './mapping-file.ts';
import { take, valueAt } from './pick.ts';

/** Items of one list that become evidence. */
const itemLimit = 100;

/** The evidence a mapping finds in a record. @throws {Refused} `invalidField` when a value does not fit its field */
export function mappedEvidence(mappings: readonly EvidenceMapping[], record: unknown): Evidence[] {
  return mappings.flatMap((mapping) => {
    const holders = mapping.each === undefined ? [record] : list(valueAt(record, mapping.each)).slice(0, itemLimit);
    return holders.flatMap((holder) => build(mapping, holder) ?? []);
  });
}

function build(mapping: EvidenceMapping, holder: unknown): Evidence | null {
  const evidence: Fields = { '@odata.type': graphTypePrefix + mapping.type, roles: mapping.roles ?? [] };
  let found = false;
  for (const [target, pick] of Object.entries(mapping.fields)) {
    const [field = '', inner] = target.split('.');
    const value = fitted(mapping.type, field, inner, take(isFields(holder) ? holder : { '': holder }, pick));
    if (value === null || value === undefined || value === '') continue;
    found = true;
    if (inner === undefined) evidence[field] = value;
    else evidence[field] = { ...(isFields(evidence[field]) ? evidence[field] : {}), [inner]: value };
  }
  if (!found) return null;
  const result = readEvidence(evidence);
  if ('problem' in result) throw new Refused('invalidField', `mapping: ${result.problem}`);
  return result.evidence;
}

/** A scalar in the type its field has: products write numbers as text and the other way round. */
function fitted(type: EvidenceTypeName, field: string, inner: string | undefined, value: unknown): unknown {
  if (typeof value === 'object') return value;
  const shape = (evidenceShapes[type] as Record<string, { safeParse(value: unknown): { success: boolean } }>)[field];
  const probe = (sample: unknown) =>
    shape?.safeParse(inner === undefined ? sample : { [inner]: sample }).success ?? false;
  if (probe('text')) return text(value);
  return probe(1) ? number(value) : value;
}

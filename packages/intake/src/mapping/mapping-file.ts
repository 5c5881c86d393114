import { type EvidenceTypeName, evidenceShapes } from '@throughline/model';
import { type Fields, isFields } from '../field/value.ts';
import type { Pick } from './pick.ts';

/** Alert fields a mapping may fill. */
export const mappableFields = [
  'providerAlertId',
  'title',
  'description',
  'severity',
  'status',
  'category',
  'tactics',
  'mitreTechniques',
  'serviceSource',
  'detectionSource',
  'productName',
  'detectorId',
  'site',
  'createdDateTime',
  'firstActivityDateTime',
  'lastActivityDateTime',
  'assignedTo',
  'actorDisplayName',
  'threatDisplayName',
  'threatFamilyName',
  'recommendedActions',
  'alertWebUrl',
  'systemTags',
] as const;
export type MappableField = (typeof mappableFields)[number];

export type EvidenceMapping = {
  type: EvidenceTypeName;
  roles?: string[];
  /** Path of a list; one piece of evidence for each item, whose fields are then paths inside the item. */
  each?: string;
  /** Evidence field (also one level down: "userAccount.userPrincipalName") → where it comes from. */
  fields: Record<string, Pick>;
};

/** A mapping file: how the records of one product become alerts. Data only; nothing in it is run. */
export type Mapping = {
  name: string;
  about?: string;
  /** Path → the value it must have, or `true` for "is there". All must hold for a record to be recognised. */
  when: Record<string, string | number | boolean>;
  fields: Partial<Record<MappableField, Pick>> & { title: Pick; createdDateTime: Pick };
  customDetails?: Record<string, Pick>;
  evidence?: EvidenceMapping[];
};

/** A mapping file that is not valid; the message names the place and what is wrong with it. */
export class MappingError extends Error {
  constructor(place: string, problem: string) {
    super(`mapping file, ${place}: ${problem}`);
    this.name = 'MappingError';
  }
}

const common: ReadonlySet<string> = new Set([
  'createdDateTime',
  'verdict',
  'remediationStatus',
  'detailedRoles',
  'tags',
]);

/** Checks a parsed mapping file. @throws {MappingError} for an unknown key, a missing one, or a wrong type */
export function parseMapping(value: unknown): Mapping {
  const file = object(value, 'top level');
  onlyKeys(file, ['name', 'about', 'when', 'fields', 'customDetails', 'evidence'], 'top level');
  if (typeof file.name !== 'string' || !/^[a-z0-9][a-z0-9-]{0,39}$/.test(file.name)) {
    throw new MappingError('name', 'lower-case letters, digits and dashes expected, at most 40');
  }
  if (file.about !== undefined && typeof file.about !== 'string') throw new MappingError('about', 'text expected');
  const when = object(file.when, 'when');
  if (Object.keys(when).length === 0) throw new MappingError('when', 'at least one condition expected');
  for (const [path, wanted] of Object.entries(when)) scalar(wanted, `when.${path}`);
  const picks = object(file.fields, 'fields');
  onlyKeys(picks, mappableFields, 'fields');
  for (const required of ['title', 'createdDateTime']) {
    if (!(required in picks)) throw new MappingError('fields', `${required} is missing`);
  }
  checkPicks(picks, 'fields');
  if (file.customDetails !== undefined) checkPicks(object(file.customDetails, 'customDetails'), 'customDetails');
  if (file.evidence !== undefined) {
    if (!Array.isArray(file.evidence)) throw new MappingError('evidence', 'a list expected');
    file.evidence.forEach((item, i) => {
      checkEvidence(item, `evidence[${i}]`);
    });
  }
  return file as Mapping;
}

function checkEvidence(value: unknown, place: string): void {
  const item = object(value, place);
  onlyKeys(item, ['type', 'roles', 'each', 'fields'], place);
  if (typeof item.type !== 'string' || !Object.hasOwn(evidenceShapes, item.type)) {
    throw new MappingError(`${place}.type`, `${JSON.stringify(item.type)} is no evidence type`);
  }
  if (item.each !== undefined && typeof item.each !== 'string')
    throw new MappingError(`${place}.each`, 'a path expected');
  if (
    item.roles !== undefined &&
    !(Array.isArray(item.roles) && item.roles.every((role) => typeof role === 'string'))
  ) {
    throw new MappingError(`${place}.roles`, 'a list of texts expected');
  }
  const picks = object(item.fields, `${place}.fields`);
  const shape = evidenceShapes[item.type as EvidenceTypeName];
  for (const target of Object.keys(picks)) {
    const [first = '', ...deeper] = target.split('.');
    if ((!Object.hasOwn(shape, first) && !common.has(first)) || deeper.length > 1 || /__proto__/.test(target)) {
      throw new MappingError(`${place}.fields`, `${item.type} has no field ${target}`);
    }
  }
  checkPicks(picks, `${place}.fields`);
}

function checkPicks(picks: Fields, place: string): void {
  for (const [key, pick] of Object.entries(picks)) checkPick(pick, `${place}.${key}`);
}

function checkPick(pick: unknown, place: string): void {
  if (isPath(pick)) return;
  const by = object(pick, place);
  if ('value' in by) {
    onlyKeys(by, ['value'], place);
    scalar(by.value, place);
    return;
  }
  onlyKeys(by, ['path', 'map', 'default'], place);
  if (!isPath(by.path)) throw new MappingError(`${place}.path`, 'a path or a list of paths expected');
  if (by.map !== undefined) {
    for (const [from, to] of Object.entries(object(by.map, `${place}.map`))) scalar(to, `${place}.map.${from}`);
  }
  if (by.default !== undefined) scalar(by.default, `${place}.default`);
}

function isPath(value: unknown): boolean {
  if (typeof value === 'string') return value !== '' && value.length <= 256;
  return Array.isArray(value) && value.length > 0 && value.every((path) => typeof path === 'string' && path !== '');
}

function object(value: unknown, place: string): Fields {
  if (!isFields(value)) throw new MappingError(place, 'an object expected');
  return value;
}

function onlyKeys(value: Fields, known: readonly string[], place: string): void {
  for (const key of Object.keys(value)) {
    if (!known.includes(key)) throw new MappingError(place, `unknown key ${JSON.stringify(key)}`);
  }
}

function scalar(value: unknown, place: string): void {
  if (!['string', 'number', 'boolean'].includes(typeof value)) {
    throw new MappingError(place, 'text, a number, true or false expected');
  }
}

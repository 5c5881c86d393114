import { z } from 'zod';
import { evidenceShapes } from './evidence-shapes.ts';

/** The prefix of every Graph security type name. */
export const graphTypePrefix = '#microsoft.graph.security.';

/** Names of the documented evidence subtypes, without prefix ("userEvidence"). */
export type EvidenceTypeName = keyof typeof evidenceShapes;

const common = {
  createdDateTime: z.string().nullish(),
  verdict: z.string().nullish(),
  remediationStatus: z.string().nullish(),
  remediationStatusDetails: z.string().nullish(),
  roles: z.array(z.string()).nullish(),
  detailedRoles: z.array(z.string()).nullish(),
  tags: z.array(z.string()).nullish(),
};

/** Schema of one documented subtype. Fields the metadata does not name are kept. */
export function evidenceSchema<T extends EvidenceTypeName>(name: T) {
  return z.looseObject({ '@odata.type': z.literal(`${graphTypePrefix}${name}`), ...common, ...evidenceShapes[name] });
}

/** One documented evidence subtype, by name. */
export type EvidenceOf<T extends EvidenceTypeName> = z.infer<ReturnType<typeof evidenceSchema<T>>>;

/** Any evidence: `@odata.type` names the subtype; an unknown subtype is kept whole. */
export type Evidence = {
  '@odata.type': string;
  createdDateTime?: string | null | undefined;
  verdict?: string | null | undefined;
  remediationStatus?: string | null | undefined;
  remediationStatusDetails?: string | null | undefined;
  roles?: string[] | null | undefined;
  detailedRoles?: string[] | null | undefined;
  tags?: string[] | null | undefined;
  [field: string]: unknown;
};

/** True when `evidence` is of the documented subtype `name`; narrows to its fields. The fields are what {@link readEvidence} let through. */
export function isEvidence<T extends EvidenceTypeName>(
  evidence: Evidence,
  name: T,
): evidence is EvidenceOf<T> & Evidence {
  return evidence['@odata.type'] === graphTypePrefix + name;
}

/** The subtype's name without prefix ("fileEvidence"), or the type as it stands when it is not Graph's. */
export function evidenceTypeName(evidence: Evidence): string {
  const type = evidence['@odata.type'];
  return type.startsWith(graphTypePrefix) ? type.slice(graphTypePrefix.length) : type;
}

const schemas = new Map<string, z.ZodType>();

/**
 * Reads one evidence record from outside. A documented subtype must have the documented field types; an unknown subtype
 * is kept whole. Returns the evidence, or the reason why it is not one.
 */
export function readEvidence(value: unknown): { evidence: Evidence } | { problem: string } {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { problem: 'evidence is not an object' };
  const type = (value as Record<string, unknown>)['@odata.type'];
  if (typeof type !== 'string') return { problem: 'evidence has no @odata.type' };
  const name = type.startsWith(graphTypePrefix) ? type.slice(graphTypePrefix.length) : '';
  if (!Object.hasOwn(evidenceShapes, name)) return { evidence: value as Evidence };
  let schema = schemas.get(name);
  if (!schema) {
    schema = evidenceSchema(name as EvidenceTypeName);
    schemas.set(name, schema);
  }
  const result = schema.safeParse(value);
  if (result.success) return { evidence: result.data as Evidence };
  const issue = result.error.issues[0];
  return { problem: `${name}.${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}` };
}

/** Builds evidence of a documented subtype; `null` and `undefined` fields are left out. */
export function makeEvidence<T extends EvidenceTypeName>(
  name: T,
  fields: Omit<Partial<EvidenceOf<T>>, '@odata.type'>,
): Evidence {
  const evidence: Evidence = { '@odata.type': graphTypePrefix + name };
  for (const [key, value] of Object.entries(fields)) {
    if (value !== null && value !== undefined) evidence[key] = value;
  }
  return evidence;
}

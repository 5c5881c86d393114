import { z } from 'zod';
import type { Route } from '../api/route.ts';
import { apiRoutes } from '../api/routes.ts';
import type { Answer, Browser } from '../testing/test-server.ts';

/** Every route there is. What sweeps over these covers a new route by itself. */
export const routes: readonly Route[] = apiRoutes(() => {
  throw new Error('no document is made here');
});

export const nameOf = ({ method, path }: Route) => `${method} ${path}`;
export const withBody = routes.filter(({ body }) => body !== undefined);

/** What of a JSON Schema the sweeps read. */
export type Schema = {
  type?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  pattern?: string;
  format?: string;
};

/** The schema of a part of a route's requests; an object without properties when the route takes none. */
export function schemaOf(route: Route, part: 'params' | 'query' | 'body'): Schema {
  return readSchema(route[part] ?? z.strictObject({}));
}

/** A schema as JSON Schema says what it takes; where a value may also be null, the type is the other one. */
export function readSchema(schema: z.ZodType): Schema {
  const { $defs = {}, ...root } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return inPlace(root, $defs as Record<string, unknown>) as Schema;
}

// Schemas with a name are kept apart and pointed at; here they stand where they are used.
function inPlace(value: unknown, named: Record<string, unknown>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => inPlace(each, named));
  const name = '$ref' in value && typeof value.$ref === 'string' ? value.$ref.split('/').at(-1) : undefined;
  if (name !== undefined) return inPlace(named[name], named);
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      const either = key === 'type' && Array.isArray(each) ? each.find((type) => type !== 'null') : undefined;
      return [key, either ?? inPlace(each, named)];
    }),
  );
}

/** Calls `visit` with each schema within a schema and its place, "body.items[].value". */
export function walk(schema: Schema, place: string, visit: (schema: Schema, place: string) => void): void {
  visit(schema, place);
  for (const each of [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])]) {
    walk(each, place, visit);
  }
  if (schema.items !== undefined) walk(schema.items, `${place}[]`, visit);
  for (const [key, value] of Object.entries(schema.properties ?? {})) walk(value, `${place}.${key}`, visit);
}

const texts = [
  'abcdefghijklmnop',
  'a',
  '1',
  '123456',
  '08:00',
  '2099-03-01',
  '2099-03-01T00:00:00.000Z',
  'custom-1',
  'ada@example.com',
  'https://example.com/',
];

/** A value that a schema takes, with every property there is; `null` only where nothing else goes. */
export function sampleOf(schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const choice = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].find(({ type }) => type !== 'null');
  if (choice !== undefined) return sampleOf(choice);
  if (schema.type === 'object') {
    return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, value]) => [key, sampleOf(value)]));
  }
  if (schema.type === 'array') {
    return Array.from({ length: Math.max(1, schema.minItems ?? 0) }, () => sampleOf(schema.items ?? {}));
  }
  if (schema.type === 'boolean') return true;
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(1, schema.minimum ?? 1);
  if (schema.type === 'null') return null;
  return textOf(schema);
}

function textOf({ format, pattern, minLength = 0, maxLength = 1000 }: Schema): string {
  if (format === 'uri') return 'https://example.com/';
  const fits = pattern === undefined ? () => true : (text: string) => new RegExp(pattern, 'u').test(text);
  const found = texts.find((text) => fits(text) && text.length >= minLength && text.length <= maxLength);
  if (found === undefined) throw new Error(`no text fits ${pattern} of ${minLength} to ${maxLength}: add one`);
  return found;
}

/** The address of a route with ids of the right form that name nothing, or those given. */
export function addressOf({ path }: Route, id = '2147483647'): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name) => encodeURIComponent(name === 'key' ? `custom-${id}` : id));
}

/** Whether it is for a key that it does not know that a route's schema refuses a body. */
export function namesUnknownKey(route: Route, body: unknown): boolean {
  const { error } = (route.body as z.ZodType).safeParse(body);
  return JSON.stringify(error?.issues ?? []).includes('unrecognized_keys');
}

/** Calls a route; `body` is an object or JSON text. */
export function callRoute(browser: Browser, route: Route, body?: unknown, query = ''): Promise<Answer> {
  return browser.call(addressOf(route) + query, {
    method: route.method.toUpperCase(),
    ...(body === undefined
      ? {}
      : {
          body: typeof body === 'string' ? body : JSON.stringify(body),
          headers: { 'content-type': 'application/json' },
        }),
  });
}

/** Each object within a value, with its place. */
export function objectsIn(value: unknown, place = 'body'): { place: string; object: Record<string, unknown> }[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((each, at) => objectsIn(each, `${place}.${at}`));
  const inner = Object.entries(value).flatMap(([key, each]) => objectsIn(each, `${place}.${key}`));
  return [{ place, object: value as Record<string, unknown> }, ...inner];
}

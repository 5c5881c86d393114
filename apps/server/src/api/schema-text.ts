/** The parts of a JSON schema that the documentation shows. */
export type JsonSchema = {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  format?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  maxItems?: number;
  default?: unknown;
};

/** A schema as people read types: `"new" | "resolved"`, `{ id: integer; name?: string }`. `depth` is the indentation. */
export function schemaText(schema: JsonSchema | undefined, depth = 0): string {
  if (schema === undefined) return 'any';
  if (schema.$ref !== undefined) return schema.$ref.split('/').at(-1) ?? 'any';
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return [...new Set(choices.map((choice) => schemaText(choice, depth)))].join(' | ');
  if (schema.allOf !== undefined) return schema.allOf.map((part) => schemaText(part, depth)).join(' & ');
  const types = [schema.type ?? 'any'].flat();
  return types.map((type) => ofType(type, schema, depth)).join(' | ');
}

/** What a schema asks beyond its type: "1–200 characters", "default 50". */
export function schemaBounds(schema: JsonSchema | undefined): string {
  if (schema === undefined) return '';
  const { format, minimum, maximum, minLength, maxLength, maxItems } = schema;
  return [
    format,
    range(minimum, maximum, ''),
    range(minLength, maxLength, ' characters'),
    range(undefined, maxItems, ' items'),
    schema.default === undefined ? '' : `default ${JSON.stringify(schema.default)}`,
  ]
    .filter((part) => part !== undefined && part !== '')
    .join(', ');
}

function ofType(type: string, schema: JsonSchema, depth: number): string {
  if (type === 'array') return arrayText(schemaText(schema.items, depth));
  if (type !== 'object') return type;
  const indent = '  '.repeat(depth + 1);
  const lines = Object.entries(schema.properties ?? {}).map(
    ([name, property]) =>
      `${indent}${name}${schema.required?.includes(name) ? '' : '?'}: ${schemaText(property, depth + 1)}`,
  );
  if (typeof schema.additionalProperties === 'object') {
    lines.push(`${indent}[name]: ${schemaText(schema.additionalProperties, depth + 1)}`);
  }
  return lines.length === 0 ? 'object' : `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}`;
}

function arrayText(item: string): string {
  return item.includes(' | ') ? `(${item})[]` : `${item}[]`;
}

function range(least: number | undefined, most: number | undefined, unit: string): string {
  if (least === undefined && most === undefined) return '';
  if (most === undefined) return `at least ${least}${unit}`;
  return least === undefined ? `at most ${most}${unit}` : `${least}–${most}${unit}`;
}

import { expect, test } from 'vitest';
import { type JsonSchema, schemaBounds, schemaText } from './schema-text.ts';

test.each<[JsonSchema | undefined, string]>([
  [undefined, 'any'],
  [{ $ref: '#/components/schemas/Error' }, 'Error'],
  [{ const: 'reset' }, '"reset"'],
  [{ enum: ['low', 'high'] }, '"low" | "high"'],
  [{ type: ['string', 'null'] }, 'string | null'],
  [{ type: 'array', items: { type: 'string' } }, 'string[]'],
  [{ type: 'array', items: { enum: ['a', 'b'] } }, '("a" | "b")[]'],
  [{ anyOf: [{ type: 'string' }, { type: 'string' }, { type: 'integer' }] }, 'string | integer'],
  [{ type: 'object' }, 'object'],
  [
    { type: 'object', properties: { id: { type: 'integer' }, name: { type: 'string' } }, required: ['id'] },
    '{\n  id: integer\n  name?: string\n}',
  ],
  [{ type: 'object', additionalProperties: { type: 'number' } }, '{\n  [name]: number\n}'],
])('%o', (schema, text) => {
  expect(schemaText(schema)).toBe(text);
});

test.each<[JsonSchema, string]>([
  [{ minLength: 1, maxLength: 200 }, '1–200 characters'],
  [{ minimum: 1, maximum: 200, default: 50 }, '1–200, default 50'],
  [{ maxItems: 50 }, 'at most 50 items'],
  [{ format: 'date-time' }, 'date-time'],
])('bounds of %o', (schema, text) => {
  expect(schemaBounds(schema)).toBe(text);
});

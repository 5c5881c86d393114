import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { alertSchema } from '@throughline/model';
import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../limits.ts';
import { readBody } from '../read-body.ts';
import { alertFormats } from '../registry.ts';

const folder = new URL('./golden/', import.meta.url);
const now = new Date('2026-03-03T00:00:00.000Z');
const inputs = readdirSync(folder).filter((name) => !name.endsWith('.expected.json'));

async function outcomes(input: string) {
  const found: unknown[] = [];
  const bytes = readFileSync(new URL(input, folder));
  for await (const one of readBody(bytes, { source: 'auto', tenantId: 'acme', now, limits: defaultLimits })) {
    if ('alert' in one) {
      expect(alertSchema.safeParse(one.alert).error).toBeUndefined();
      found.push({ line: one.line, source: one.source, alert: one.alert });
    } else {
      const { reason, detail } = one.reject;
      found.push({ line: one.line, source: one.source, reject: { reason, detail } });
    }
  }
  return found;
}

describe('golden pairs', () => {
  it.each(inputs)('%s', async (input) => {
    const file = new URL(input.replace(/\.[a-z]+$/, '.expected.json'), folder);
    const found = await outcomes(input);
    // A missing expectation is written for its author to judge, and the test fails until it is there.
    if (!existsSync(file)) {
      writeFileSync(file, `${JSON.stringify(found, null, 2)}\n`);
      throw new Error(`${file.pathname} was missing and has been written: check it`);
    }
    expect(found).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  });

  it('has a pair for every format that holds alerts', () => {
    for (const { name } of alertFormats) expect(inputs.some((input) => input.startsWith(`${name}-`))).toBe(true);
  });
});

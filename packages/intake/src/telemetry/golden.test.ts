import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../limits.ts';
import { type ReceivedTelemetry, readBody } from '../read-body.ts';
import { readTelemetry } from './read-telemetry.ts';
import { rowFaults } from './row-faults.fixture.ts';
import { telemetryFormats } from './telemetry-registry.ts';

const folder = new URL('./golden/', import.meta.url);
const now = new Date('2026-03-03T00:00:00.000Z');
const inputs = readdirSync(folder).filter((name) => !name.endsWith('.expected.json'));

async function telemetry(input: string) {
  const found: unknown[] = [];
  const bytes = readFileSync(new URL(input, folder));
  const options = { source: 'auto', tenantId: 'acme', now, limits: defaultLimits, telemetry: true } as const;
  for await (const one of readBody(bytes, options)) {
    if ('reject' in one) throw new Error(`line ${one.line} is no telemetry: ${one.reject.detail}`);
    const { record, text, format } = 'telemetry' in one ? one.telemetry : alertLine(bytes, one.line);
    const read = readTelemetry(record, { now });
    // The text that is kept reads as the record did; line feeds in it may become spaces.
    const kept = text.replaceAll('\n', ' ');
    expect(readTelemetry(format === 'json' ? JSON.parse(kept) : kept, { now })?.rows).toEqual(read?.rows);
    if (read === undefined) throw new Error(`line ${one.line} is not read`);
    expect(read.rows.flatMap(rowFaults)).toEqual([]);
    expect(read.source).toBe(one.source);
    found.push({ line: one.line, ...read });
  }
  return found;
}

/** CEF lines are alerts first; asked for them, telemetry reads them too. */
function alertLine(bytes: Buffer, line: number): ReceivedTelemetry['telemetry'] {
  const text = bytes.toString('utf8').split('\n')[line - 1] ?? '';
  return { record: text, text, format: 'text' };
}

describe('golden pairs of telemetry', () => {
  it.each(inputs)('%s', async (input) => {
    const file = new URL(input.replace(/\.[a-z]+$/, '.expected.json'), folder);
    const found = await telemetry(input);
    // A missing expectation is written for its author to judge, and the test fails until it is there.
    if (!existsSync(file)) {
      writeFileSync(file, `${JSON.stringify(found, null, 2)}\n`);
      throw new Error(`${file.pathname} was missing and has been written: check it`);
    }
    expect(JSON.parse(JSON.stringify(found))).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  });

  it('has a pair for every format', () => {
    for (const { name } of telemetryFormats) expect(inputs.some((input) => input.startsWith(`${name}-`))).toBe(true);
  });
});

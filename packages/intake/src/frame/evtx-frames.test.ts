import { execFileSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { defaultLimits } from '../limits.ts';
import { readBody } from '../read-body.ts';
import { readTelemetry } from '../telemetry/read-telemetry.ts';

const now = new Date('2026-11-24T00:00:00Z');
const archive = new URL('../../../../../shared/data/sigma/regression.tar.xz', import.meta.url).pathname;
const present = existsSync(archive);
if (!present) console.log('skipped: the EVTX files of the shared samples are not beside the project');
const scratch = present ? mkdtempSync(join(tmpdir(), 'evtx-')) : '';
if (present) execFileSync('tar', ['xf', archive, '-C', scratch]);
afterAll(() => present && rmSync(scratch, { recursive: true, force: true }));

async function received(bytes: Uint8Array, limits = defaultLimits) {
  const found = [];
  for await (const one of readBody(bytes, { source: 'auto', tenantId: 't', now, limits, telemetry: true }))
    found.push(one);
  return found;
}

async function fieldsOf(bytes: Uint8Array) {
  const found = [];
  for (const one of await received(bytes)) {
    const read = 'telemetry' in one ? readTelemetry(one.telemetry.record, { now }) : undefined;
    if (read === undefined) throw new Error(JSON.stringify(one).slice(0, 300));
    found.push({ key: read.key, fields: comparable(read.event.fields) });
  }
  return found;
}

/** One converter writes GUIDs without braces, the other lays out XML inside a value anew. */
function comparable(fields: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(
    Object.entries(fields)
      .map(
        ([name, value]) =>
          [
            name,
            String(value ?? '')
              .replace(/^\{(.*)\}$/, '$1')
              .replace(/\s+/g, ' '),
          ] as const,
      )
      .filter(([, value]) => value !== ''),
  );
}

describe.skipIf(!present)('EVTX files', () => {
  const files = globSync(join(scratch, '**/*.evtx'));

  it('give what the JSON beside them says', async () => {
    expect(files.length).toBe(96);
    let records = 0;
    for (const file of files) {
      const evtx = await fieldsOf(readFileSync(file));
      expect(evtx).toEqual(await fieldsOf(readFileSync(file.replace(/\.evtx$/, '.json'))));
      records += evtx.length;
    }
    expect(records).toBe(120);
  }, 60_000);

  it('may be damaged anywhere without harm', async () => {
    const whole = readFileSync(files[0] as string);
    for (let round = 0; round < 40; round++) {
      const bytes = Buffer.from(whole);
      for (let i = 0; i < 20; i++) bytes[4096 + ((round * 7919 + i * 104_729) % 4096)] = (round * 31 + i * 17) & 255;
      for (const one of await received(bytes.subarray(0, bytes.length - round * 500))) {
        if ('telemetry' in one) expect(() => JSON.stringify(one.telemetry.record)).not.toThrow();
        else expect('reject' in one).toBe(true);
      }
    }
  }, 30_000);

  it('say what of them is missing', async () => {
    const whole = readFileSync(files[0] as string);
    const cut = await received(whole.subarray(0, whole.length - 1));
    expect(cut.map((one) => ('reject' in one ? one.reject.detail : 'read'))).toEqual(['EVTX: the file is cut short']);
    const damaged = Buffer.from(whole);
    damaged[4096] = 0;
    expect((await received(damaged)).map((one) => 'reject' in one && one.reject.detail)).toEqual([
      'EVTX: a chunk is damaged',
    ]);
    const lost = Buffer.from(whole);
    lost[4096 + 512] = 0;
    const found = (await received(lost)).map((one) => ('reject' in one ? one.reject.detail : 'read'));
    expect(found).toEqual([expect.stringMatching(/^EVTX: 0 of the \d+ records/)]);
  });

  it('count as unpacked', async () => {
    const found = await received(readFileSync(files[0] as string), { ...defaultLimits, inflatedBytes: 1000 });
    expect(found.map((one) => ('reject' in one ? one.reject.reason : ''))).toEqual(['bodyTooLarge']);
  });
});

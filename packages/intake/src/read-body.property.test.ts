import { gzipSync, zstdCompressSync } from 'node:zlib';
import { alertSchema, rejectReasons } from '@throughline/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultLimits } from './limits.ts';
import { type Received, readBody } from './read-body.ts';
import { alertFormats, formats } from './registry.ts';

const now = new Date('2026-03-03T00:00:00.000Z');

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [key, ...textsIn(item)]);
}

async function read(bytes: Uint8Array): Promise<Received[]> {
  const found: Received[] = [];
  for await (const one of readBody(bytes, { source: 'auto', tenantId: 'acme', now, limits: defaultLimits })) {
    for (const text of textsIn('alert' in one ? one.alert : one.reject)) {
      if (text.includes('\u0000') || !text.isWellFormed()) throw new Error(`not storable: ${JSON.stringify(text)}`);
    }
    if ('alert' in one) expect(alertSchema.safeParse(one.alert).error).toBeUndefined();
    else expect(rejectReasons).toContain(one.reject.reason);
    found.push(one);
  }
  return found;
}

/** Keys the formats look at, so that random objects get past recognition. */
const keys = fc.constantFrom(
  ...`id title severity status serviceSource createdDateTime evidence @odata.type alerts value displayName incidentName
  alertId incidentId creationTime entities devices entityType event_type timestamp alert signature signature_id flow_id
  src_ip dest_ip dns query http hostname url metadata rule level description mitre agent manager data win eventdata
  class_uid finding_info finding time observables attacks device resources kibana.alert.uuid kibana.alert.rule.name
  kibana signal _source @timestamp SystemAlertId AlertName DisplayName TimeGenerated Entities $id $ref Type
  ExtendedProperties AnalysisComponent LogData Timestamps output priority output_fields ExternalApiType event Name
  result _raw message host __proto__ constructor toString`.split(/\s+/),
);
const scalars = fc.oneof(
  fc.constantFrom<unknown>(
    2004,
    2001,
    4001,
    'alert',
    '#microsoft.graph.security.alert',
    '2026-03-02T00:00:00Z',
    '0000-01-01T00:00:00Z',
    '1',
  ),
  fc.constantFrom<unknown>(
    'Event_EppDetectionSummaryEvent',
    'User',
    'host',
    '10.0.0.1',
    '\u0000',
    '\ud800',
    '[{"Type":"host","HostName":"h"}]',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
);
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    scalars,
    fc.array(tie('tree'), { maxLength: 4 }),
    fc
      .uniqueArray(fc.tuple(keys, tie('tree')), { maxLength: 8, selector: ([key]) => key })
      .map((pairs) => Object.fromEntries(pairs)),
  ),
}));

describe('anything at all', () => {
  it('JSON of any shape never throws, and every line of it is answered', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(tree, { maxLength: 6 }), async (values) => {
        const lines = values.filter((value) => typeof value === 'object' && value !== null && !Array.isArray(value));
        const found = await read(Buffer.from(lines.map((value) => JSON.stringify(value)).join('\n')));
        const answered = new Set(found.map((one) => one.line));
        lines.forEach((value, i) => {
          const isEmptyList =
            /^\{("(value|alerts|data|events|records|results)":[[\]]+,?|"@[^"]*":("[^"]*"|[^,"]*),?)*\}$/.test(
              JSON.stringify(value),
            );
          if (!isEmptyList) expect(answered.has(i + 1)).toBe(true);
        });
      }),
      { numRuns: 400 },
    );
  });

  it('no format throws anything but a refusal, whatever it recognises', () => {
    fc.assert(
      fc.property(tree, (value) => {
        for (const format of formats) {
          if (!format.recognises(value)) continue;
          try {
            format.read(value, { tenantId: 'acme', now });
          } catch (error) {
            expect((error as Error).name).toBe('Refused');
          }
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('bytes of any kind never throw, packed or not', async () => {
    const text = fc.string({
      unit: fc.constantFrom(
        '{',
        '}',
        '[',
        ']',
        '"',
        '\\',
        ',',
        ':',
        '\n',
        '\r',
        'a',
        '1',
        ' ',
        '|',
        '=',
        'CEF:0',
        'LEEF:2.0',
        '<1>',
        '\u0000',
      ),
      maxLength: 60,
    });
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 80 }),
      text.map((one) => new Uint8Array(Buffer.from(one))),
    );
    const magic = fc.constantFrom<number[]>(
      [],
      [0x1f, 0x8b],
      [0x28, 0xb5, 0x2f, 0xfd],
      [0x50, 0x4b, 3, 4],
      [0x50, 0x4b, 5, 6],
      [0xff, 0xfe],
    );
    const pack = fc.constantFrom<(body: Uint8Array) => Uint8Array>(
      (body) => body,
      (body) => gzipSync(body),
      (body) => zstdCompressSync(body),
    );
    await fc.assert(
      fc.asyncProperty(magic, bytes, pack, async (head, body, packed) => {
        await read(packed(Buffer.concat([Buffer.from(head), body])));
      }),
      { numRuns: 600 },
    );
  });

  it('good records land whatever stands between them', async () => {
    const good = (id: number) =>
      `{"id":"g${id}","title":"t","serviceSource":"s","createdDateTime":"2026-03-02T00:00:00Z"}`;
    const noise = fc.oneof(
      fc
        .json({ maxDepth: 3 })
        .filter((json) => json.startsWith('{'))
        .map((json) => json.slice(0, Math.ceil(json.length / 2))),
      fc.constantFrom('words', '{"a":1', '{"a":"b', '"', 'CEF:0|a', '{"a":{"b":[1,2]}', '{]'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(noise, { minLength: 1, maxLength: 5 }), async (bad) => {
        const lines = bad.flatMap((line, i) => [good(i), line.replace(/[\r\n]/g, '')]);
        const found = await read(Buffer.from([...lines, good(bad.length)].join('\n')));
        expect(found.filter((one) => 'alert' in one)).toHaveLength(bad.length + 1);
      }),
      { numRuns: 400 },
    );
  });

  it('formats that hold alerts do not claim each other’s golden shapes by name alone', () => {
    for (const format of alertFormats)
      for (const value of [null, 1, '', [], {}]) expect(format.recognises(value)).toBe(false);
  });
});

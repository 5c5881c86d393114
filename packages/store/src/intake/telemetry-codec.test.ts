import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeTelemetry, encodeTelemetry } from './telemetry-codec.ts';

test('gives back every record as it was', async () => {
  const source = fc.constantFrom('windowsEvent', 'auditd');
  const json = fc.record({ source, format: fc.constant('json' as const), text: fc.json() });
  const text = fc.record({ source, format: fc.constant('text' as const), text: fc.string({ unit: 'grapheme' }) });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(json, text)), async (records) => {
      expect(await decodeTelemetry(await encodeTelemetry(records))).toEqual(records);
    }),
    { numRuns: 60, examples: [[[{ source: 'auditd', format: 'text', text: 'a\nb\tc\\n' }]]] },
  );
});

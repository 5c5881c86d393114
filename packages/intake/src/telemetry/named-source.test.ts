import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../limits.ts';
import { readBody } from '../read-body.ts';
import { formatNamed, recogniseAll } from '../registry.ts';
import { telemetryFormats } from './telemetry-registry.ts';

const now = new Date('2026-03-03T00:00:00.000Z');
const windows = '{"EventID":4624,"Channel":"Security","TimeCreated":"2026-03-02T10:00:00Z"}';
const risk =
  '{"riskEventType":"x","riskLevel":"high","userPrincipalName":"a","detectedDateTime":"2026-03-02T10:00:00Z"}';
const line = '<13>Mar  2 10:15:30 web01 app: text';
const suricata = '{"event_type":"flow","timestamp":"2026-03-02T10:00:00Z","src_ip":"10.0.0.1"}';
const xml = '<Event><System><EventID>1</EventID><Channel>System</Channel></System></Event>';

async function read(source: string, body: string, telemetry = true) {
  const found: string[] = [];
  const options = { source, tenantId: 't', now, limits: defaultLimits };
  const all = telemetry
    ? readBody(Buffer.from(body), { ...options, telemetry: true })
    : readBody(Buffer.from(body), options);
  for await (const one of all) {
    found.push(
      'telemetry' in one ? `${one.source} ${one.telemetry.format}` : 'reject' in one ? one.reject.reason : 'alert',
    );
  }
  return found;
}

describe('telemetry by the name of its source', () => {
  it.each([
    [
      'auto',
      [windows, risk, line, suricata, xml],
      ['windowsEvent json', 'entraRisk json', 'syslog text', 'suricata json', 'windowsEvent text'],
    ],
    [
      'windowsEvent',
      [windows, risk, line, suricata, xml],
      ['windowsEvent json', 'unknownFormat', 'unknownFormat', 'unknownFormat', 'windowsEvent text'],
    ],
    ['entraRisk', [windows, risk], ['unknownFormat', 'entraRisk json']],
    ['syslog', [line, windows], ['syslog text', 'unknownFormat']],
    ['suricata', [suricata, line], ['suricata json', 'unknownFormat']],
  ])('%s', async (source, lines, expected) => {
    expect(await read(source, lines.join('\n'))).toEqual(expected);
  });

  it('is refused where nobody asks for telemetry', async () => {
    expect(await read('auto', [windows, line, suricata].join('\n'), false)).toEqual(
      Array(3).fill('telemetryNotStored'),
    );
  });

  it('is known for every format, and once', () => {
    for (const { name } of telemetryFormats) expect(formatNamed(name.toUpperCase())?.name).toBe(name);
    const names = recogniseAll.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

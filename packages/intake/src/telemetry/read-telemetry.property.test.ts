import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refused } from '../outcome.ts';
import { readTelemetry } from './read-telemetry.ts';
import { rowFaults } from './row-faults.fixture.ts';

const now = new Date('2026-03-03T00:00:00.000Z');

/** Keys by which formats know their records, with what each of them asks for. */
const shapes: readonly Record<string, unknown>[] = [
  { EventID: 1, Channel: 'Microsoft-Windows-Sysmon/Operational', SourceName: 'Microsoft-Windows-Sysmon' },
  { EventID: 4688, Channel: 'Security' },
  { Event: { System: { EventID: 4624, Channel: 'Security' }, EventData: {} } },
  { winlog: { event_id: 4104, channel: 'Microsoft-Windows-PowerShell/Operational', event_data: {} } },
  { event_type: 'dns', src_ip: '10.0.0.1' },
  { event_type: 'fileinfo', src_ip: '10.0.0.1' },
  { _path: 'conn' },
  { _path: 'kerberos' },
  { category: 'AdvancedHunting-DeviceProcessEvents', properties: {} },
  { eventSource: 'x', eventName: 'y' },
  { category: 'SignInLogs', operationName: 'x', properties: {} },
  { category: 'AuditLogs', operationName: 'x', properties: {} },
  { category: 'Administrative', operationName: 'x', resourceId: 'y' },
  { riskEventType: 'x', riskLevel: 'high', userPrincipalName: 'y' },
  { Operation: 'x', Workload: 'Exchange' },
  { eventType: 'user.session.start', actor: {} },
  { hostIdentifier: 'x', columns: {} },
  { event_simpleName: 'ProcessRollup2', aid: 'x' },
  { protoPayload: {} },
  { auditID: 'x', verb: 'create' },
];

const times = {
  timestamp: '2026-03-02T10:00:00Z',
  Timestamp: '2026-03-02T10:00:00Z',
  TimeCreated: '2026-03-02T10:00:00Z',
  '@timestamp': '2026-03-02T10:00:00Z',
  time: '2026-03-02T10:00:00Z',
  ts: 1_772_446_500,
  eventTime: '2026-03-02T10:00:00Z',
  published: '2026-03-02T10:00:00Z',
  CreationTime: '2026-03-02T10:00:00',
  unixTime: 1_772_446_500,
  stageTimestamp: '2026-03-02T10:00:00Z',
};

/** Names that readers look at, with values of any type. */
const names = (
  'ProcessId Image User CommandLine Hashes TargetObject Details TargetUserName LogonType IpAddress Properties System EventData Data ' +
  'dns http flow tls fileinfo src_port dest_ip proto ts uid id answers client actor outcome properties userIdentity resources ' +
  'Parameters ClientIP status location deviceDetail initiatedBy columns snapshot pid objectRef sourceIPs protoPayload RecordNumber ' +
  'Computer Hostname EventType SourceModuleType ParentImage ProcessGuid AdditionalFields ReportId event RawProcessId target'
).split(' ');

const value = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(
    '-',
    '',
    '0x10',
    '%%1936',
    'C:\\\\a\\\\b.exe',
    'A\\\\B',
    '10.0.0.1',
    '::1',
    'SHA1=AA,MD5=',
    -1,
    1e300,
    2 ** 60,
  ),
);

function fits(record: unknown): void {
  try {
    const read = readTelemetry(record, { now });
    if (read === undefined) return;
    expect(read.rows.length).toBeGreaterThan(0);
    expect(read.rows.flatMap(rowFaults)).toEqual([]);
    expect(Number.isSafeInteger(read.event.time)).toBe(true);
    expect(readTelemetry(structuredClone(record), { now })?.key).toBe(read.key);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
}

describe('whatever comes', () => {
  it('as a record of a known shape gives rows that fit the schema, or a reason', () => {
    const record = fc
      .tuple(fc.constantFrom(...shapes), fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 12 }))
      .map(([shape, more]) => ({ ...times, ...more, ...shape }));
    fc.assert(fc.property(record, fits), { numRuns: 2000 });
  });

  it('inside the part that holds the fields gives rows that fit the schema, or a reason', () => {
    const data = fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 12 });
    const record = data.map((held) => ({
      Event: {
        System: {
          EventID: 1,
          Channel: 'Microsoft-Windows-Sysmon/Operational',
          TimeCreated: times.timestamp,
          Computer: 'a',
        },
        EventData: held,
      },
    }));
    fc.assert(fc.property(record, fits), { numRuns: 500 });
  });

  it('as a line gives rows that fit the schema, or a reason', () => {
    const start = fc.constantFrom(
      '<13>',
      '<13>1 ',
      'Mar  2 10:15:30 a b: ',
      'type=SYSCALL msg=audit(1772446500.1:1): ',
      'CEF:0|',
      '<Event>',
    );
    const rest = fc.oneof(
      fc.string({ maxLength: 200, unit: 'binary' }),
      fc.stringMatching(/^(?:[a-z0-9]+=("[^"]*"|[0-9A-F]+) ?)*$/),
    );
    fc.assert(
      fc.property(start, rest, (head, tail) => fits(head + tail)),
      { numRuns: 1000 },
    );
  });

  it('does not take long for long lines', () => {
    for (const unit of ['a=', '[', '<a ', ' type=', '"', "msg='", '\\\\', 'CEF:0|', '<13>', '%%', '0']) {
      for (const head of [
        '<13>1 - - - - - ',
        'type=EXECVE msg=audit(1772446500.1:1): ',
        '<Event>',
        'CEF:0|a|b|c|d|e|f|',
        '<13>',
      ]) {
        const started = performance.now();
        fits(head + unit.repeat(100_000));
        expect(performance.now() - started).toBeLessThan(2000);
      }
    }
  });
});

/** Sysmon's "process created" in the flat JSON of log shippers, one a millisecond; `from` is the first one's number. */
export function processEvents(count: number, device: string, from = 0): Record<string, unknown>[] {
  return Array.from({ length: count }, (_, index) => {
    const n = from + index;
    const time = new Date(Date.UTC(2026, 4, 1, 10) + n).toISOString();
    return {
      Channel: 'Microsoft-Windows-Sysmon/Operational',
      SourceName: 'Microsoft-Windows-Sysmon',
      EventID: 1,
      RecordNumber: n,
      Hostname: device,
      '@timestamp': time,
      UtcTime: time.replace('T', ' ').replace('Z', ''),
      ProcessId: String(1000 + n),
      ProcessGuid: `{00000000-0000-0000-0000-${String(n).padStart(12, '0')}}`,
      Image: `C:\\Windows\\System32\\tool${n % 50}.exe`,
      CommandLine: `tool${n % 50}.exe --number ${n}`,
      ParentImage: 'C:\\Windows\\explorer.exe',
      ParentProcessId: '400',
      User: 'CORP\\ada',
      Hashes: `SHA256=${String(n).padStart(64, 'a')}`,
    };
  });
}

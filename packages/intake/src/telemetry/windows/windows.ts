import type { LogSource } from '@throughline/model';
import type { HuntingRow } from '@throughline/model/hunting';
import { type Fields, fields, isFields } from '../../field/value.ts';
import { deviceColumns } from '../row/device.ts';
import { contentKey, numberedKey, reportIdOf } from '../row/record-key.ts';
import type { Telemetry, TelemetryFormat } from '../telemetry.ts';
import { isEventXml, readEventXml } from './event-xml.ts';
import { isFlatEvent, readFlatEvent } from './flat-event.ts';
import { isNestedEvent, readNestedEvent } from './nested-event.ts';
import { otherRows } from './other-rows.ts';
import { securityEventRow } from './security-event-row.ts';
import { securityRows } from './security-rows.ts';
import { sigmaService } from './sigma-service.ts';
import { sysmonRows } from './sysmon-rows.ts';
import type { WindowsEvent } from './windows-event.ts';
import { windowsEventRow } from './windows-event-row.ts';
import { isWinlogbeatEvent, readWinlogbeatEvent } from './winlogbeat-event.ts';

/** Windows events in every shape they are shipped in, and Sysmon for Linux, which writes the same events. */
export const windowsEvent: TelemetryFormat = {
  name: 'windowsEvent',
  about: 'Windows events (EVTX, XML, nested or flat JSON, Winlogbeat), and Sysmon for Linux',

  recognises(record) {
    if (typeof record === 'string') return isEventXml(record);
    return isFields(record) && (isFlatEvent(record) || isNestedEvent(record) || isWinlogbeatEvent(record));
  },

  read(record, { now, text }) {
    const held = typeof record === 'string' ? readEventXml(record) : fields(record);
    return readWindowsEvent(shapeOf(held)(held, now), record, text);
  },
};

function shapeOf(record: Fields): (record: Fields, now: Date) => WindowsEvent {
  if (isFlatEvent(record)) return readFlatEvent;
  return isNestedEvent(record) ? readNestedEvent : readWinlogbeatEvent;
}

/** Event, rows and key of a Windows event; `record` is what it was read from. */
function readWindowsEvent(event: WindowsEvent, record: unknown, text: string | undefined): Telemetry {
  const key =
    event.recordId === null || event.computer === null
      ? contentKey('windowsEvent', record, text)
      : numberedKey('windowsEvent', event.computer.toLowerCase(), event.channel, event.recordId, event.when.ms);
  const common = { ...deviceColumns(event.computer), ReportId: event.recordId ?? reportIdOf(key) };
  const linux = event.provider === 'Linux-Sysmon' || event.channel.startsWith('Linux-Sysmon');
  return {
    source: 'windowsEvent',
    event: { logSource: logSourceOf(event, linux), time: event.when.ms, fields: event.fields },
    rows: rowsOf(event, common),
    key,
  };
}

function rowsOf(event: WindowsEvent, common: Fields): HuntingRow[] {
  const channel = event.channel.toLowerCase();
  // Some collectors cut the channel off; the auditing provider writes to no other.
  if (channel === 'security' || event.provider === 'Microsoft-Windows-Security-Auditing') {
    return [securityEventRow(event), ...securityRows(event, common)];
  }
  if (event.provider === 'Microsoft-Windows-Sysmon' || event.provider === 'Linux-Sysmon') {
    const rows = sysmonRows(event, common);
    return rows.length > 0 ? rows : [windowsEventRow(event)];
  }
  return [windowsEventRow(event), ...otherRows(event, common)];
}

/** Categories of Windows events follow from channel and id; those of Sysmon for Linux are named here. */
const linuxCategories: Readonly<Record<number, string>> = {
  1: 'process_creation',
  3: 'network_connection',
  11: 'file_event',
  23: 'file_delete',
};

function logSourceOf(event: WindowsEvent, linux: boolean): LogSource {
  const service = sigmaService(event.channel);
  if (linux) {
    const category = linuxCategories[event.id];
    return { product: 'linux', service: 'sysmon', ...(category === undefined ? {} : { category }) };
  }
  return service === undefined ? { product: 'windows' } : { product: 'windows', service };
}

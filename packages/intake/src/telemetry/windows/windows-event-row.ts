import type { HuntingRow } from '@throughline/model/hunting';
import { knownOf, row } from '../row/row.ts';
import { int, known } from '../row/value.ts';
import type { WindowsEvent } from './windows-event.ts';

const levels: readonly string[] = ['Information', 'Critical', 'Error', 'Warning', 'Information', 'Verbose'];

/** The row of Sentinel's WindowsEvent table, which holds any event with its data as one value. */
export function windowsEventRow(event: WindowsEvent): HuntingRow {
  const { system } = event;
  const level = int(system.Level);
  return row('WindowsEvent', event.when, {
    Provider: event.provider,
    Channel: event.channel,
    Computer: event.computer,
    EventID: event.id,
    EventRecordId: event.recordId === null ? undefined : String(event.recordId),
    EventLevel: level,
    EventLevelName: level === undefined ? undefined : levels[level],
    Task: int(system.Task),
    Version: int(system.Version),
    Opcode: known(system.Opcode),
    Keywords: known(system.Keywords),
    Correlation: known(system.Correlation),
    SystemProcessId: int(system.SystemProcessId),
    SystemThreadId: int(system.SystemThreadId),
    SystemUserId: known(system.SystemUserId),
    EventData: knownOf(event.ownData()),
  });
}

import { at, type Fields, fields, isFields, text } from '../../field/value.ts';
import { when } from '../row/when.ts';
import { eventId, eventRecordId } from './event-number.ts';
import type { WindowsEvent } from './windows-event.ts';

/** True for Winlogbeat's and Elastic Agent's documents, which keep the event under `winlog`. */
export function isWinlogbeatEvent(record: Fields): boolean {
  return isFields(record.winlog) && ('event_id' in record.winlog || 'channel' in record.winlog);
}

/** Reads an event under `winlog` (Elastic Common Schema). */
export function readWinlogbeatEvent(record: Fields, now: Date): WindowsEvent {
  const winlog = fields(record.winlog);
  const held = isFields(winlog.event_data) ? winlog.event_data : fields(winlog.user_data);
  const data: Fields = { ...held };
  // Unnamed data comes as param1, param2 …; the classic log's text is their sum.
  if (winlog.channel === 'Windows PowerShell' && data.Data === undefined) {
    data.Data = Object.values(held)
      .filter((value) => typeof value === 'string')
      .join('\n');
  }
  const id = eventId(winlog.event_id ?? at(record, 'event', 'code'));
  const channel = text(winlog.channel) ?? '';
  const provider = text(winlog.provider_name) ?? text(at(record, 'event', 'provider')) ?? '';
  const computer = text(winlog.computer_name) ?? text(at(record, 'host', 'name'));
  const keywords = winlog.keywords;
  return {
    id,
    channel,
    provider,
    computer,
    when: when('@timestamp', now, winlog.time_created, record['@timestamp'], data.UtcTime),
    recordId: eventRecordId(winlog.record_id),
    fields: {
      Level: at(record, 'log', 'level'),
      Message: record.message,
      ...data,
      EventID: id,
      Channel: channel,
      Provider_Name: provider,
      Computer: computer,
    },
    data,
    ownData: () => data,
    system: {
      Task: undefined,
      Opcode: text(winlog.opcode),
      Keywords: Array.isArray(keywords) ? keywords.join(',') : text(keywords),
      Version: winlog.version,
      SystemProcessId: at(winlog, 'process', 'pid'),
      SystemThreadId: at(winlog, 'process', 'thread', 'id'),
      SystemUserId: at(winlog, 'user', 'identifier'),
      Correlation: winlog.activity_id,
    },
  };
}

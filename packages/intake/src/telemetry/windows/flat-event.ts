import { type Fields, text } from '../../field/value.ts';
import { when } from '../row/when.ts';
import { eventId, eventRecordId } from './event-number.ts';
import { sysmonEventType } from './sysmon-event-type.ts';
import type { WindowsEvent } from './windows-event.ts';

/** What shippers and Windows itself put beside the fields of EventData. */
const envelope = new Set(
  (
    '@timestamp @version host port tags type SourceModuleType SourceModuleName EventReceivedTime EventTime Hostname Computer ' +
    'Channel EventID SourceName ProviderGuid ProviderName Provider_Name RecordNumber EventRecordID RecordID Keywords Level Severity SeverityValue ' +
    'Task Category Opcode OpcodeValue Version ExecutionProcessID ExecutionThreadID ThreadID UserID ActivityID RelatedActivityID ' +
    'TimeCreated SystemTime Message EventTypeOrignal ERROR_EVT_UNRESOLVED UserData TenantId SourceSystem TimeGenerated MG ' +
    'ManagementGroupName Type _ResourceId EventSourceName SourceComputerId EventOriginId TimeCollected InstanceId Activity ' +
    'EventLog Source EventLevel EventLevelName ParameterXml RenderedDescription EventCategory UserName'
  ).split(' '),
);

/** NXLog's own names, which it also writes over fields of EventData. */
const nxlog = new Set(['AccountName', 'AccountType', 'Domain', 'EventType']);

const offset = /(?:Z|[+-]\d\d:?\d\d)$/;

/** True for one flat object: NXLog, the OTRF sets, and rows of Sentinel's Event and SecurityEvent tables. */
export function isFlatEvent(record: Fields): boolean {
  if (!('EventID' in record)) return false;
  if ('Channel' in record || 'SourceName' in record || 'EventLog' in record || 'Provider_Name' in record) return true;
  return 'Computer' in record && ('TimeGenerated' in record || 'TimeCreated' in record);
}

/** Reads an event whose fields stand beside the system's in one object. */
export function readFlatEvent(record: Fields, now: Date): WindowsEvent {
  const byNxlog = 'SourceModuleType' in record || 'EventReceivedTime' in record;
  const id = eventId(record.EventID);
  const channel = text(record.Channel) ?? text(record.EventLog) ?? '';
  const provider =
    text(record.SourceName) ??
    text(record.Provider_Name) ??
    text(record.ProviderName) ??
    text(record.EventSourceName) ??
    text(record.Source) ??
    '';
  const computer = text(record.Computer) ?? text(record.Hostname) ?? text(record.host);
  const found: Fields = { ...record, EventID: id, Channel: channel, Provider_Name: provider, Computer: computer };
  if (byNxlog && provider === 'Microsoft-Windows-Sysmon') found.EventType = sysmonEventType(id, record.EventType);
  // The message of the classic log is its data with a first line; without it the text is lost to rules.
  if (channel === 'Windows PowerShell' && found.Data === undefined) found.Data = record.Message;
  const written = record.EventTime;
  const zoned = typeof written === 'string' && offset.test(written) ? written : undefined;
  return {
    id,
    channel,
    provider,
    computer,
    when: when(
      'TimeCreated',
      now,
      record.TimeCreated,
      record.SystemTime,
      zoned,
      // NXLog writes EventTime in the host's own time; Sysmon's is UTC, and so is the collector's.
      record.UtcTime,
      record.TimeGenerated,
      record['@timestamp'],
      written,
    ),
    recordId: eventRecordId(record.RecordNumber ?? record.EventRecordID ?? record.RecordID),
    fields: found,
    data: found,
    ownData: () => ownDataOf(found, byNxlog),
    system: {
      Level: record.Level ?? record.EventLevel,
      Task: record.Task,
      Opcode: record.OpcodeValue ?? record.Opcode,
      Keywords: record.Keywords,
      Version: record.Version,
      SystemProcessId: record.ExecutionProcessID,
      SystemThreadId: record.ExecutionThreadID ?? record.ThreadID,
      SystemUserId: record.UserID,
      Correlation: record.ActivityID,
    },
  };
}

/** What is left without the envelope. Sysmon's EventType has been put right and stays. */
function ownDataOf(found: Fields, byNxlog: boolean): Fields {
  const sysmon = found.Provider_Name === 'Microsoft-Windows-Sysmon';
  const data: Fields = {};
  for (const name in found) {
    if (envelope.has(name) || (byNxlog && nxlog.has(name) && !(sysmon && name === 'EventType'))) continue;
    data[name] = found[name];
  }
  return data;
}

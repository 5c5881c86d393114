import type { HuntingRow } from '@throughline/model/hunting';
import { type Fields, fields, isFields, text } from '../field/value.ts';
import { Refused } from '../outcome.ts';
import { contentKey } from './row/record-key.ts';
import { row } from './row/row.ts';
import { columnsByName, tableColumns } from './row/table-columns.ts';
import { when } from './row/when.ts';
import { sigmaView } from './sigma-view.ts';
import type { TelemetryFormat } from './telemetry.ts';

const stream = 'AdvancedHunting-';

/**
 * Rows of hunting tables as Defender's streaming API sends them (`category` "AdvancedHunting-…" and `properties`), and as
 * the two products' queries and exports give them, the table named by `Type` or told by its columns.
 */
export const huntingRow: TelemetryFormat = {
  name: 'defenderHunting',
  about: 'Rows of hunting tables (Defender streaming, exports of queries)',

  recognises(record) {
    return isFields(record) && tableOf(record) !== undefined;
  },

  read(record, { now }) {
    const held = fields(record);
    const table = tableOf(held);
    if (table === undefined) throw new Refused('unknownFormat', 'no hunting table has these columns');
    const values = fields(held.properties ?? held);
    const time = when('Timestamp', now, values.Timestamp, values.TimeGenerated, values.timestamp, held.time);
    const made: HuntingRow = row(table, time, withoutSuffixes(table, values), columnsByName(table, values));
    return {
      source: 'defenderHunting',
      event: { ...sigmaView(table, values), time: time.ms },
      rows: [{ table, values: { ...made.values, Timestamp: time.iso, TimeGenerated: time.iso } }],
      key: contentKey('defenderHunting', values),
    };
  },
};

function tableOf(record: Fields): string | undefined {
  if (typeof record.category === 'string' && record.category.startsWith(stream) && isFields(record.properties)) {
    const table = record.category.slice(stream.length);
    return tableColumns(table) === undefined ? undefined : table;
  }
  const type = text(record.Type);
  if (type !== null && ('TimeGenerated' in record || 'Timestamp' in record) && tableColumns(type) !== undefined)
    return type;
  return 'Timestamp' in record || 'TimeGenerated' in record ? guess(record) : undefined;
}

/** Tables in which a column is at home that no other has, or that few have; asked in order. */
const homes: readonly (readonly [table: string, columns: readonly string[]])[] = [
  ['AuditLogs', ['LoggedByService', 'AADOperationType']],
  ['SigninLogs', ['AppDisplayName', 'UserPrincipalName', 'ResultType']],
  ['OfficeActivity', ['OfficeWorkload', 'Operation']],
  ['OfficeActivity', ['TimeGenerated', 'Operation', 'UserId', 'ClientIP']],
  ['AlertEvidence', ['AlertId', 'EntityType', 'EvidenceRole']],
  ['AlertInfo', ['AlertId', 'ServiceSource']],
  ['EmailUrlInfo', ['NetworkMessageId', 'UrlDomain']],
  ['EmailAttachmentInfo', ['NetworkMessageId', 'FileType']],
  ['EmailPostDeliveryEvents', ['NetworkMessageId', 'ActionTrigger']],
  ['EmailEvents', ['NetworkMessageId', 'Subject']],
  ['UrlClickEvents', ['Url', 'IsClickedThrough']],
  ['DeviceImageLoadEvents', ['DeviceId', 'ActionType:ImageLoaded']],
  ['DeviceRegistryEvents', ['DeviceId', 'RegistryKey', 'PreviousRegistryKey']],
  ['DeviceFileEvents', ['DeviceId', 'PreviousFileName']],
  ['DeviceLogonEvents', ['DeviceId', 'LogonType', 'ActionType']],
  ['DeviceProcessEvents', ['DeviceId', 'ProcessIntegrityLevel']],
  ['DeviceEvents', ['DeviceId', 'FileOriginUrl', 'RegistryKey']],
  ['DeviceNetworkEvents', ['DeviceId', 'RemoteUrl', 'LocalPort']],
  ['CloudAppEvents', ['ActionType', 'Application', 'AccountObjectId', 'RawEventData', 'ActivityType']],
  ['IdentityQueryEvents', ['ActionType', 'QueryTarget']],
  ['IdentityLogonEvents', ['ActionType', 'LogonType', 'AccountUpn']],
  ['IdentityDirectoryEvents', ['ActionType', 'TargetAccountUpn', 'Application']],
];

function guess(record: Fields): string | undefined {
  for (const [table, columns] of homes) {
    const found = columns.every((column) => {
      const [name = '', value] = column.split(':', 2);
      return name in record && (value === undefined || record[name] === value);
    });
    if (found) return table;
  }
  return undefined;
}

/** Exports of several tables at once name a column of two types twice: `ReportId_long`, `ReportId_string`. */
function withoutSuffixes(table: string, values: Fields): Fields {
  const types = tableColumns(table);
  const plain: Fields = {};
  for (const name in values) {
    const match = /^(.+)_(string|long|dynamic|int|real|bool|datetime)$/.exec(name);
    if (match?.[1] !== undefined && types?.get(match[1]) === match[2]) plain[match[1]] = values[name];
  }
  return columnsByName(table, plain);
}

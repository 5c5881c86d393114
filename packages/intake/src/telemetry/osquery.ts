import type { TelemetryEvent } from '@throughline/model';
import type { HuntingRow } from '@throughline/model/hunting';
import { type Fields, fields, isFields, list, text } from '../field/value.ts';
import { address, addressType, protocolOf } from './row/address.ts';
import { deviceColumns } from './row/device.ts';
import { fileColumns, initiatingProcess } from './row/process.ts';
import { contentKey, reportIdOf } from './row/record-key.ts';
import { jsonText, row, type Values } from './row/row.ts';
import { withSigmaProcess } from './row/sigma-process.ts';
import { columnValue } from './row/table-columns.ts';
import { int, known, lower, whole } from './row/value.ts';
import { type When, when } from './row/when.ts';
import type { TelemetryFormat } from './telemetry.ts';

/** osquery results: differential, snapshot and batch. */
export const osquery: TelemetryFormat = {
  name: 'osquery',
  about: 'osquery results (differential, snapshot, batch)',

  recognises(record) {
    return (
      isFields(record) &&
      'hostIdentifier' in record &&
      ('columns' in record || 'snapshot' in record || 'diffResults' in record)
    );
  },

  read(record, context) {
    const { now } = context;
    const result = fields(record);
    const time = when('unixTime', now, result.unixTime, result.calendarTime);
    const key = contentKey('osquery', record, context.text);
    const common = { ...deviceColumns(text(result.hostIdentifier)), ReportId: reportIdOf(key) };
    const columns = fields(result.columns);
    return {
      source: 'osquery',
      event: { ...sigmaOf(text(result.name) ?? '', columns, result), time: time.ms },
      rows: resultRows(result).flatMap(({ action, columns: one }) =>
        rowsOf(text(result.name) ?? '', action, one, time, common),
      ),
      key,
    };
  },
};

/** What osquery saw start is also what Sigma's rules of category process_creation are about. */
function sigmaOf(query: string, columns: Fields, result: Fields): Pick<TelemetryEvent, 'logSource' | 'fields'> {
  const fields = { ...columns, ...result };
  if (!processEvents.test(query)) return { logSource: { product: 'osquery', service: query.toLowerCase() }, fields };
  return {
    logSource: { product: query.includes('es_process') ? 'macos' : 'linux', category: 'process_creation' },
    fields: withSigmaProcess(fields, {
      Image: columns.path,
      CommandLine: columns.cmdline,
      CurrentDirectory: columns.cwd,
      User: columns.username,
      ProcessId: columns.pid,
      ParentProcessId: columns.parent,
    }),
  };
}

const processEvents = /(?:^|_)(?:es_)?process_events$/;

/** At most so many rows of a snapshot are written; the event keeps them all. */
const mostRows = 1000;

function resultRows(result: Fields): { action: string | undefined; columns: Fields }[] {
  if (isFields(result.columns)) return [{ action: known(result.action), columns: result.columns }];
  const diff = fields(result.diffResults);
  const found = [
    ...list(result.snapshot).map((one) => ({ action: 'snapshot', columns: fields(one) })),
    ...list(diff.added).map((one) => ({ action: 'added', columns: fields(one) })),
    ...list(diff.removed).map((one) => ({ action: 'removed', columns: fields(one) })),
  ];
  return found.length === 0 ? [{ action: known(result.action), columns: {} }] : found.slice(0, mostRows);
}

function rowsOf(name: string, action: string | undefined, columns: Fields, time: When, common: Values): HuntingRow[] {
  // What any query found, by its name: Defender has no table for it.
  const general = row('DeviceEvents', time, common, {
    ...processOf(columns),
    AdditionalFields: jsonText({ query: name, action, ...columns }),
  });
  if (action === 'removed') return [general];
  if (processEvents.test(name)) return [general, processRow(columns, time, common)];
  if (/socket_events/.test(name)) return [general, socketRow(columns, time, common)];
  if (/file_events|^fim$|_fim$/.test(name)) return [general, fileRow(columns, time, common)];
  return [general];
}

function processOf(columns: Fields): Values {
  return initiatingProcess({
    id: columns.pid,
    image: columns.path,
    commandLine: columns.cmdline,
    user: columns.username,
  });
}

function processRow(columns: Fields, time: When, common: Values): HuntingRow {
  return row('DeviceProcessEvents', time, common, fileColumns(columns.path), {
    ActionType: 'ProcessCreated',
    ProcessId: whole(columns.pid),
    ProcessCommandLine: known(columns.cmdline),
    ProcessCreationTime: time.iso,
    AccountName: lower(columns.username),
    InitiatingProcessId: whole(columns.parent),
    AdditionalFields: jsonText({ uid: known(columns.uid), CurrentDirectory: known(columns.cwd) }),
  });
}

function socketRow(columns: Fields, time: When, common: Values): HuntingRow {
  const remote = address(columns.remote_address);
  const local = address(columns.local_address);
  return row('DeviceNetworkEvents', time, common, initiatingProcess({ id: columns.pid, image: columns.path }), {
    ActionType:
      columns.action === 'connect'
        ? 'ConnectionSuccess'
        : columns.action === 'accept'
          ? 'InboundConnectionAccepted'
          : undefined,
    RemoteIP: remote,
    RemotePort: int(columns.remote_port),
    RemoteIPType: addressType(remote),
    LocalIP: local,
    LocalPort: int(columns.local_port),
    LocalIPType: addressType(local),
    Protocol: protocolOf(columns.protocol),
  });
}

const fileActions: Readonly<Record<string, string>> = {
  CREATED: 'FileCreated',
  DELETED: 'FileDeleted',
  MOVED_TO: 'FileRenamed',
  UPDATED: 'FileModified',
};

function fileRow(columns: Fields, time: When, common: Values): HuntingRow {
  return row('DeviceFileEvents', time, common, fileColumns(columns.target_path), {
    ActionType: fileActions[text(columns.action) ?? ''],
    MD5: known(columns.md5),
    SHA1: known(columns.sha1),
    SHA256: known(columns.sha256),
    FileSize: columnValue('long', columns.size),
    AdditionalFields: jsonText({ category: known(columns.category), mode: known(columns.mode) }),
  });
}

import type { HuntingRow } from '@throughline/model/hunting';
import { number } from '../../field/value.ts';
import { accountOf } from '../row/account.ts';
import { hashColumns } from '../row/hashes.ts';
import { fileColumns, initiatingProcess } from '../row/process.ts';
import { jsonText, row, type Values } from '../row/row.ts';
import { known, whole } from '../row/value.ts';
import { sysmonFileRows } from './sysmon-file-rows.ts';
import { sysmonNetworkRows } from './sysmon-network-rows.ts';
import { imageOf } from './sysmon-process.ts';
import { sysmonRegistryRows } from './sysmon-registry-rows.ts';
import type { WindowsEvent } from './windows-event.ts';

type Reader = (event: WindowsEvent, common: Values) => HuntingRow[];

const readers: Readonly<Record<number, Reader>> = {
  1: processCreated,
  6: driverLoaded,
  7: imageLoaded,
  8: remoteThread,
  10: processAccess,
  17: namedPipe,
  18: namedPipe,
  21: wmiBinding,
  24: clipboard,
  ...sysmonFileRows,
  ...sysmonNetworkRows,
  ...sysmonRegistryRows,
};

/** Rows of the Device tables of a Sysmon event, Windows or Linux; none for what Defender has no counterpart of. */
export function sysmonRows(event: WindowsEvent, common: Values): HuntingRow[] {
  return readers[event.id]?.(event, common) ?? [];
}

function processCreated(event: WindowsEvent, common: Values): HuntingRow[] {
  const { data } = event;
  const account = accountOf(known(data.User));
  return [
    row('DeviceProcessEvents', event.when, common, fileColumns(data.Image), hashColumns(known(data.Hashes)), {
      ActionType: 'ProcessCreated',
      ProcessId: whole(data.ProcessId),
      ProcessCommandLine: known(data.CommandLine),
      ProcessCreationTime: event.when.iso,
      ProcessIntegrityLevel: data.IntegrityLevel === 'no level' ? undefined : known(data.IntegrityLevel),
      ProcessUniqueId: known(data.ProcessGuid),
      ProcessVersionInfoCompanyName: known(data.Company),
      ProcessVersionInfoProductName: known(data.Product),
      ProcessVersionInfoProductVersion: known(data.FileVersion),
      ProcessVersionInfoOriginalFileName: known(data.OriginalFileName),
      ProcessVersionInfoFileDescription: known(data.Description),
      CreatedProcessSessionId: whole(data.TerminalSessionId),
      AccountDomain: account.domain,
      AccountName: account.name,
      LogonId: whole(data.LogonId),
      AdditionalFields: jsonText({ CurrentDirectory: known(data.CurrentDirectory), RuleName: known(data.RuleName) }),
      ...initiatingProcess({
        id: data.ParentProcessId,
        image: data.ParentImage,
        commandLine: data.ParentCommandLine,
        user: data.ParentUser,
        uniqueId: data.ParentProcessGuid,
      }),
    }),
  ];
}

function imageLoaded(event: WindowsEvent, common: Values): HuntingRow[] {
  const { data } = event;
  return [
    row(
      'DeviceImageLoadEvents',
      event.when,
      common,
      { ActionType: 'ImageLoaded' },
      fileColumns(data.ImageLoaded),
      hashColumns(known(data.Hashes)),
      imageOf(event),
    ),
  ];
}

function driverLoaded(event: WindowsEvent, common: Values): HuntingRow[] {
  const { data } = event;
  return [
    row('DeviceEvents', event.when, common, fileColumns(data.ImageLoaded), hashColumns(known(data.Hashes)), {
      ActionType: 'DriverLoad',
      AdditionalFields: jsonText({
        Signed: known(data.Signed),
        Signature: known(data.Signature),
        SignatureStatus: known(data.SignatureStatus),
      }),
    }),
  ];
}

function remoteThread(event: WindowsEvent, common: Values): HuntingRow[] {
  const { data } = event;
  return [
    row('DeviceEvents', event.when, common, fileColumns(data.TargetImage), sourceOf(event), {
      ActionType: 'CreateRemoteThreadApiCall',
      ProcessId: whole(data.TargetProcessId),
      AdditionalFields: jsonText({
        ThreadId: number(data.NewThreadId),
        StartAddress: known(data.StartAddress),
        StartModule: known(data.StartModule),
        StartFunction: known(data.StartFunction),
      }),
    }),
  ];
}

function processAccess(event: WindowsEvent, common: Values): HuntingRow[] {
  const { data } = event;
  return [
    row('DeviceEvents', event.when, common, fileColumns(data.TargetImage), sourceOf(event), {
      ActionType: 'OpenProcessApiCall',
      ProcessId: whole(data.TargetProcessId),
      // DesiredAccess is a number in Defender's rows; the call trace is Sysmon's own.
      AdditionalFields: jsonText({ DesiredAccess: number(data.GrantedAccess), CallTrace: known(data.CallTrace) }),
    }),
  ];
}

function sourceOf(event: WindowsEvent): Values {
  const { data } = event;
  return initiatingProcess({
    id: data.SourceProcessId,
    image: data.SourceImage,
    user: data.SourceUser,
    uniqueId: data.SourceProcessGUID ?? data.SourceProcessGuid,
  });
}

function namedPipe(event: WindowsEvent, common: Values): HuntingRow[] {
  return [
    row('DeviceEvents', event.when, common, imageOf(event), {
      ActionType: 'NamedPipeEvent',
      AdditionalFields: jsonText({
        PipeName: known(event.data.PipeName),
        FileOperation: event.id === 17 ? 'File created' : 'File opened',
      }),
    }),
  ];
}

function wmiBinding(event: WindowsEvent, common: Values): HuntingRow[] {
  const { data } = event;
  const account = accountOf(known(data.User));
  return [
    row('DeviceEvents', event.when, common, {
      ActionType: 'WmiBindEventFilterToConsumer',
      AccountDomain: account.domain,
      AccountName: account.name,
      AdditionalFields: jsonText({
        Operation: known(data.Operation),
        Consumer: known(data.Consumer),
        Filter: known(data.Filter),
      }),
    }),
  ];
}

function clipboard(event: WindowsEvent, common: Values): HuntingRow[] {
  return [row('DeviceEvents', event.when, common, imageOf(event), { ActionType: 'GetClipboardData' })];
}

import type { HuntingRow } from '@throughline/model/hunting';
import { fileColumns } from '../row/process.ts';
import { jsonText, row, type Values } from '../row/row.ts';
import { known, lower } from '../row/value.ts';
import type { SecurityReader } from './security-rows.ts';
import { subjectColumns, subjectProcess } from './security-subject.ts';
import type { WindowsEvent } from './windows-event.ts';

/** Services, tasks, shares, audit policy and devices in the Security log by id. */
export const systemRows: Readonly<Record<number, SecurityReader>> = {
  1102: cleared,
  4697: (event, common) => [
    row(
      'DeviceEvents',
      event.when,
      common,
      subjectColumns(event),
      fileColumns(commandFile(event.data.ServiceFileName)),
      {
        ActionType: 'ServiceInstalled',
        ...account(event),
        ProcessCommandLine: known(event.data.ServiceFileName),
        AdditionalFields: jsonText({
          ServiceName: known(event.data.ServiceName),
          ServiceType: known(event.data.ServiceType),
          ServiceStartType: known(event.data.ServiceStartType),
          ServiceAccount: known(event.data.ServiceAccount),
        }),
      },
    ),
  ],
  4698: (event, common) => task(event, common, 'ScheduledTaskCreated'),
  4699: (event, common) => task(event, common, 'ScheduledTaskDeleted'),
  4700: (event, common) => task(event, common, 'ScheduledTaskEnabled'),
  4701: (event, common) => task(event, common, 'ScheduledTaskDisabled'),
  4702: (event, common) => task(event, common, 'ScheduledTaskUpdated'),
  4719: (event, common) => [
    row('DeviceEvents', event.when, common, subjectColumns(event), account(event), {
      ActionType: 'AuditPolicyModification',
      AdditionalFields: jsonText({
        CategoryId: known(event.data.CategoryId),
        SubcategoryGuid: known(event.data.SubcategoryGuid),
        AuditPolicyChanges: known(event.data.AuditPolicyChanges),
      }),
    }),
  ],
  5142: (event, common) => share(event, common, 'NetworkShareObjectAdded'),
  5143: (event, common) => share(event, common, 'NetworkShareObjectModified'),
  5144: (event, common) => share(event, common, 'NetworkShareObjectDeleted'),
  5145: (event, common) => share(event, common, 'NetworkShareObjectAccessChecked'),
  6416: (event, common) => [
    row('DeviceEvents', event.when, common, subjectColumns(event), {
      ActionType: 'PnpDeviceConnected',
      AdditionalFields: jsonText({
        DeviceId: known(event.data.DeviceId),
        DeviceDescription: known(event.data.DeviceDescription),
        ClassId: known(event.data.ClassId),
        ClassName: known(event.data.ClassName),
        VendorIds: known(event.data.VendorIds),
      }),
    }),
  ],
};

function cleared(event: WindowsEvent, common: Values): HuntingRow[] {
  return [
    row('DeviceEvents', event.when, common, subjectColumns(event), account(event), {
      ActionType: 'SecurityLogCleared',
    }),
  ];
}

function task(event: WindowsEvent, common: Values, ActionType: string): HuntingRow[] {
  const { data } = event;
  return [
    row('DeviceEvents', event.when, common, subjectProcess(event), account(event), {
      ActionType,
      AdditionalFields: jsonText({
        TaskName: known(data.TaskName),
        TaskContent: known(data.TaskContent) ?? known(data.TaskContentNew),
        ClientProcessId: known(data.ClientProcessId),
      }),
    }),
  ];
}

function share(event: WindowsEvent, common: Values, ActionType: string): HuntingRow[] {
  const { data } = event;
  return [
    row('DeviceEvents', event.when, common, subjectColumns(event), account(event), {
      ActionType,
      RemoteIP: lower(data.IpAddress)?.replace(/^::ffff:(?=\d+\.)/, ''),
      FileName: known(data.RelativeTargetName)?.split('\\').at(-1),
      AdditionalFields: jsonText({
        ShareName: known(data.ShareName),
        ShareLocalPath: known(data.ShareLocalPath),
        RelativeTargetName: known(data.RelativeTargetName),
        AccessMask: known(data.AccessMask),
        AccessList: known(data.AccessList),
      }),
    }),
  ];
}

function account(event: WindowsEvent): Values {
  const { data } = event;
  return {
    AccountDomain: lower(data.SubjectDomainName),
    AccountName: lower(data.SubjectUserName),
    AccountSid: known(data.SubjectUserSid),
  };
}

/** The program of a command line, when it is quoted or ends in a known extension; else the line as it is. */
export function commandFile(command: unknown): string | undefined {
  const line = known(command)?.trim();
  if (line === undefined) return undefined;
  const quoted = /^"([^"]+)"/.exec(line);
  if (quoted) return quoted[1];
  return (
    /^(.*?\.(?:exe|sys|dll|bat|cmd|ps1|com|scr|vbs|js))(?:\s|$)/i.exec(line.slice(0, 2048))?.[1] ??
    line.split(' ', 1)[0]
  );
}

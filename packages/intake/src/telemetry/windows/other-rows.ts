import type { HuntingRow } from '@throughline/model/hunting';
import { accountOf } from '../row/account.ts';
import { fileColumns, initiatingProcess } from '../row/process.ts';
import { jsonText, row, type Values } from '../row/row.ts';
import { known } from '../row/value.ts';
import { commandFile } from './security-system-rows.ts';
import type { WindowsEvent } from './windows-event.ts';

type Reader = (event: WindowsEvent, common: Values) => HuntingRow[];

const service: Readonly<Record<number, Reader>> = {
  7045: (event, common) => {
    const { data } = event;
    return [
      row('DeviceEvents', event.when, common, fileColumns(commandFile(data.ImagePath)), {
        ActionType: 'ServiceInstalled',
        ProcessCommandLine: known(data.ImagePath),
        AdditionalFields: jsonText({
          ServiceName: known(data.ServiceName),
          ServiceType: known(data.ServiceType),
          ServiceStartType: known(data.StartType),
          ServiceAccount: known(data.AccountName),
        }),
      }),
    ];
  },
};

const powershell: Readonly<Record<number, Reader>> = {
  4103: (event, common) => {
    const { data } = event;
    const user = accountOf(contextValue(data.ContextInfo, 'User'));
    return [
      row('DeviceEvents', event.when, common, {
        ActionType: 'PowerShellCommand',
        ...initiatingProcess({
          id: event.system.SystemProcessId,
          commandLine: contextValue(data.ContextInfo, 'Host Application'),
        }),
        InitiatingProcessAccountDomain: user.domain,
        InitiatingProcessAccountName: user.name,
        InitiatingProcessAccountSid: known(event.system.SystemUserId),
        AdditionalFields: jsonText({
          Command:
            contextValue(data.ContextInfo, 'Command Name') ??
            /^CommandInvocation\(([^)]{1,200})\)/.exec(known(data.Payload) ?? '')?.[1],
          Payload: known(data.Payload),
        }),
      }),
    ];
  },
  4104: (event, common) => {
    const { data } = event;
    return [
      row('DeviceEvents', event.when, common, {
        ActionType: 'PowerShellCommand',
        InitiatingProcessId: initiatingProcess({ id: event.system.SystemProcessId }).InitiatingProcessId,
        InitiatingProcessAccountSid: known(event.system.SystemUserId),
        AdditionalFields: jsonText({
          Command: known(data.ScriptBlockText),
          ScriptBlockId: known(data.ScriptBlockId),
          Path: known(data.Path),
        }),
      }),
    ];
  },
};

const antivirus: Readonly<Record<number, Reader>> = { 1116: detection, 1117: detection };

function detection(event: WindowsEvent, common: Values): HuntingRow[] {
  const { data } = event;
  const path = known(data.Path)
    ?.replace(/^(?:file|containerfile):_/, '')
    .split(';', 1)[0];
  return [
    row('DeviceEvents', event.when, common, fileColumns(path), {
      ActionType: 'AntivirusDetection',
      AdditionalFields: jsonText({
        ThreatName: known(data['Threat Name']),
        Severity: known(data['Severity Name']),
        Category: known(data['Category Name']),
        ActionName: known(data['Action Name']),
      }),
    }),
  ];
}

const channels: Readonly<Record<string, Readonly<Record<number, Reader>>>> = {
  System: service,
  'Microsoft-Windows-PowerShell/Operational': powershell,
  'PowerShellCore/Operational': powershell,
  'Microsoft-Windows-Windows Defender/Operational': antivirus,
};

/** DeviceEvents rows of channels beside Security and Sysmon; none for what Defender has no counterpart of. */
export function otherRows(event: WindowsEvent, common: Values): HuntingRow[] {
  return channels[event.channel]?.[event.id]?.(event, common) ?? [];
}

/** One line's value of PowerShell's ContextInfo: "        Host Application = …". */
function contextValue(context: unknown, name: string): string | undefined {
  const text = known(context);
  if (text === undefined) return undefined;
  const from = text.indexOf(`${name} = `);
  if (from < 0) return undefined;
  const end = text.indexOf('\n', from);
  const value = text.slice(from + name.length + 3, end < 0 ? undefined : end).trim();
  return value === '' ? undefined : value;
}

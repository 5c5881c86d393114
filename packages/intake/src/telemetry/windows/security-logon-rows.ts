import type { HuntingRow } from '@throughline/model/hunting';
import { number } from '../../field/value.ts';
import { address, addressType } from '../row/address.ts';
import { jsonText, row, type Values } from '../row/row.ts';
import { int, known, lower, whole } from '../row/value.ts';
import { failureReason, logonTypeName } from './logon-words.ts';
import type { SecurityReader } from './security-rows.ts';
import { subjectProcess } from './security-subject.ts';
import type { WindowsEvent } from './windows-event.ts';

/** Logon events of the Security log by id. */
export const logonRows: Readonly<Record<number, SecurityReader>> = {
  4624: (event, common) => [logon(event, common, { ActionType: 'LogonSuccess' })],
  4625: (event, common) => [
    logon(event, common, {
      ActionType: 'LogonFailed',
      FailureReason: failureReason(known(event.data.SubStatus), known(event.data.Status)),
    }),
  ],
  4648: explicitCredentials,
};

function logon(event: WindowsEvent, common: Values, outcome: Values): HuntingRow {
  const { data } = event;
  const remote = address(data.IpAddress);
  return row('DeviceLogonEvents', event.when, common, outcome, subjectProcess(event), {
    LogonType: logonTypeName(number(data.LogonType)),
    AccountDomain: lower(data.TargetDomainName),
    AccountName: lower(data.TargetUserName),
    AccountSid: sidOf(data.TargetUserSid),
    Protocol: known(data.LmPackageName) ?? known(data.AuthenticationPackageName),
    LogonId: whole(data.TargetLogonId),
    RemoteDeviceName: lower(data.WorkstationName),
    RemoteIP: remote,
    RemoteIPType: addressType(remote),
    RemotePort: int(data.IpPort) || undefined,
    AdditionalFields: jsonText({
      LogonProcessName: known(data.LogonProcessName)?.trim(),
      LogonGuid: known(data.LogonGuid),
      ElevatedToken: known(data.ElevatedToken),
      ImpersonationLevel: known(data.ImpersonationLevel),
      TargetOutboundUserName: known(data.TargetOutboundUserName),
    }),
  });
}

function explicitCredentials(event: WindowsEvent, common: Values): HuntingRow[] {
  const { data } = event;
  const remote = address(data.IpAddress);
  return [
    row('DeviceLogonEvents', event.when, common, subjectProcess(event), {
      ActionType: 'LogonAttempted',
      AccountDomain: lower(data.TargetDomainName),
      AccountName: lower(data.TargetUserName),
      RemoteDeviceName: known(data.TargetServerName) === 'localhost' ? undefined : lower(data.TargetServerName),
      RemoteIP: remote,
      RemoteIPType: addressType(remote),
      RemotePort: int(data.IpPort) || undefined,
      AdditionalFields: jsonText({ TargetInfo: known(data.TargetInfo) }),
    }),
  ];
}

/** A SID that names someone: S-1-0-0 is nobody. */
export function sidOf(value: unknown): string | undefined {
  const sid = known(value);
  return sid === 'S-1-0-0' ? undefined : sid;
}

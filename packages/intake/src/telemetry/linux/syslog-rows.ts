import type { HuntingRow } from '@throughline/model/hunting';
import { address, addressType } from '../row/address.ts';
import { jsonText, row, type Values } from '../row/row.ts';
import { int } from '../row/value.ts';
import type { When } from '../row/when.ts';
import type { SyslogLine } from './syslog-line.ts';

const accepted = /^Accepted (\S{1,64}) for (\S{1,256}) from (\S{1,64}) port (\d{1,5})/;
const failed = /^Failed (\S{1,64}) for (invalid user )?(\S{1,256}) from (\S{1,64}) port (\d{1,5})/;
const created = /^new user: name=([^,]{1,256}), UID=(\d+)/;
const deleted = /^delete user '([^']{1,256})'/;

/** Rows of the Device tables of lines that sshd, useradd and userdel write. */
export function syslogRows(line: SyslogLine, time: When, common: Values): HuntingRow[] {
  const program = line.process?.split('/').at(-1);
  if (program === 'sshd' || program === 'sshd-session') return secureShell(line, time, common);
  if (program === 'useradd' || program === 'userdel') return account(line, time, common);
  return [];
}

function secureShell(line: SyslogLine, time: When, common: Values): HuntingRow[] {
  const yes = accepted.exec(line.message);
  const no = yes === null ? failed.exec(line.message) : null;
  const [method, user, ip, port] = yes?.slice(1) ?? (no === null ? [] : [no[1], no[3], no[4], no[5]]);
  if (user === undefined) return [];
  const remote = address(ip);
  return [
    row('DeviceLogonEvents', time, common, {
      ActionType: yes === null ? 'LogonFailed' : 'LogonSuccess',
      AccountName: user,
      FailureReason: no === null ? undefined : 'InvalidUserNameOrPassword',
      LogonType: 'Network',
      RemoteIP: remote,
      RemoteIPType: addressType(remote),
      RemotePort: int(port),
      InitiatingProcessId: int(line.processId),
      InitiatingProcessFileName: 'sshd',
      AdditionalFields: jsonText({ Method: method, InvalidUser: no?.[2] === undefined ? undefined : true }),
    }),
  ];
}

function account(line: SyslogLine, time: When, common: Values): HuntingRow[] {
  const made = created.exec(line.message);
  const gone = made === null ? deleted.exec(line.message) : null;
  const name = made?.[1] ?? gone?.[1];
  if (name === undefined) return [];
  return [
    row('DeviceEvents', time, common, {
      ActionType: made === null ? 'UserAccountDeleted' : 'UserAccountCreated',
      AccountName: name,
      InitiatingProcessId: int(line.processId),
      InitiatingProcessFileName: line.process,
      AdditionalFields: jsonText({ UID: made?.[2] }),
    }),
  ];
}

import type { HuntingRow } from '@throughline/model/hunting';
import { jsonText, row, type Values } from '../row/row.ts';
import { known, lower } from '../row/value.ts';
import type { SecurityReader } from './security-rows.ts';
import { subjectColumns } from './security-subject.ts';
import type { WindowsEvent } from './windows-event.ts';

const actions: Readonly<Record<number, string>> = {
  4720: 'UserAccountCreated',
  4722: 'UserAccountModified',
  4723: 'PasswordChangeAttempt',
  4724: 'PasswordChangeAttempt',
  4725: 'UserAccountModified',
  4726: 'UserAccountDeleted',
  4738: 'UserAccountModified',
  4781: 'UserAccountModified',
  4797: 'AccountCheckedForBlankPassword',
};

const groupActions: Readonly<Record<number, string>> = {
  4727: 'SecurityGroupCreated',
  4730: 'SecurityGroupDeleted',
  4731: 'SecurityGroupCreated',
  4732: 'UserAccountAddedToLocalGroup',
  4733: 'UserAccountRemovedFromLocalGroup',
  4734: 'SecurityGroupDeleted',
  4754: 'SecurityGroupCreated',
  4758: 'SecurityGroupDeleted',
};

/** Account and group events of the Security log by id. */
export const accountRows: Readonly<Record<number, SecurityReader>> = Object.fromEntries([
  ...Object.entries(actions).map(([id, action]) => [
    id,
    (event: WindowsEvent, common: Values) => user(event, common, action),
  ]),
  ...Object.entries(groupActions).map(([id, action]) => [
    id,
    (event: WindowsEvent, common: Values) => group(event, common, action),
  ]),
]);

function user(event: WindowsEvent, common: Values, ActionType: string): HuntingRow[] {
  const { data } = event;
  return [
    row('DeviceEvents', event.when, common, subjectColumns(event), {
      ActionType,
      AccountDomain: lower(data.TargetDomainName),
      AccountName: lower(data.TargetUserName ?? data.NewTargetUserName),
      AccountSid: known(data.TargetSid),
      AdditionalFields: jsonText({
        SamAccountName: known(data.SamAccountName),
        UserAccountControl: known(data.UserAccountControl)?.trim(),
        OldTargetUserName: known(data.OldTargetUserName),
        NewTargetUserName: known(data.NewTargetUserName),
      }),
    }),
  ];
}

function group(event: WindowsEvent, common: Values, ActionType: string): HuntingRow[] {
  const { data } = event;
  return [
    row('DeviceEvents', event.when, common, subjectColumns(event), {
      ActionType,
      AccountName: lower(data.MemberName),
      AccountSid: known(data.MemberSid),
      AdditionalFields: jsonText({
        GroupName: known(data.TargetUserName),
        GroupDomainName: known(data.TargetDomainName),
        GroupSid: known(data.TargetSid),
      }),
    }),
  ];
}

import type { HuntingRow } from '@throughline/model/hunting';
import { address } from '../row/address.ts';
import { knownOf, row, type Values } from '../row/row.ts';
import { int, known, lower } from '../row/value.ts';
import { failureReason } from './logon-words.ts';
import { sidOf } from './security-logon-rows.ts';
import type { SecurityReader } from './security-rows.ts';
import type { WindowsEvent } from './windows-event.ts';

/** Directory replication: DS-Replication-Get-Changes, -All and -In-Filtered-Set ([MS-ADTS] 5.1.3.2.1). */
const replication = /1131f6a[ad]-9c07-11d1-f79f-00c04fc2dcd2|89e95b76-444d-4c62-991a-0facbeda640c/i;

/** What domain controllers log, as Defender for Identity shows it, by id of the Security log. */
export const directoryRows: Readonly<Record<number, SecurityReader>> = {
  4662: replicated,
  4723: (event) => domainAccount(event, 'Account Password changed'),
  4724: (event) => domainAccount(event, 'Account Password changed'),
  4722: (event) => domainAccount(event, 'Account Disabled changed'),
  4725: (event) => domainAccount(event, 'Account Disabled changed'),
  4728: membership,
  4729: membership,
  4756: membership,
  4757: membership,
  4768: (event) => [ticket(event, 'Kerberos')],
  4769: (event) => [ticket(event, 'Kerberos', 'Resource access')],
  4771: (event) => [ticket(event, 'Kerberos')],
  4776: validated,
};

function identity(event: WindowsEvent): Values {
  return {
    Application: 'Active Directory',
    DestinationDeviceName: event.computer?.toLowerCase(),
    ReportId: event.recordId === null ? undefined : `${event.computer ?? ''}_${event.recordId}`.toLowerCase(),
  };
}

function subject(event: WindowsEvent): Values {
  const { data } = event;
  return {
    AccountDomain: lower(data.SubjectDomainName),
    AccountName: lower(data.SubjectUserName),
    AccountSid: sidOf(data.SubjectUserSid),
  };
}

function replicated(event: WindowsEvent): HuntingRow[] {
  const { data } = event;
  if (!replication.test(known(data.Properties) ?? '')) return [];
  return [
    row('IdentityDirectoryEvents', event.when, identity(event), subject(event), {
      ActionType: 'Directory Services replication',
      AdditionalFields: knownOf({ ObjectName: known(data.ObjectName), Properties: known(data.Properties)?.trim() }),
    }),
  ];
}

/** An account of the domain, not of the machine that logs: local accounts carry the machine's name as domain. */
function domainAccount(event: WindowsEvent, ActionType: string): HuntingRow[] {
  const { data } = event;
  const domain = lower(data.TargetDomainName);
  if (domain === undefined || domain === event.computer?.toLowerCase().split('.', 1)[0]) return [];
  return [
    row('IdentityDirectoryEvents', event.when, identity(event), subject(event), {
      ActionType,
      TargetAccountDisplayName: known(data.TargetUserName),
      AdditionalFields: knownOf({ TargetDomainName: known(data.TargetDomainName), TargetSid: known(data.TargetSid) }),
    }),
  ];
}

function membership(event: WindowsEvent): HuntingRow[] {
  const { data } = event;
  const added = event.id === 4728 || event.id === 4756;
  return [
    row('IdentityDirectoryEvents', event.when, identity(event), subject(event), {
      ActionType: 'Group Membership changed',
      TargetAccountDisplayName: known(data.MemberName),
      AdditionalFields: knownOf({
        [added ? 'TO.GROUP' : 'FROM.GROUP']: known(data.TargetUserName),
        'ACTOR.ACCOUNT': known(data.SubjectUserName),
        'TARGET_OBJECT.SID': known(data.MemberSid),
      }),
    }),
  ];
}

function ticket(event: WindowsEvent, Protocol: string, LogonType?: string): HuntingRow {
  const { data } = event;
  const status = known(data.Status) ?? known(data.FailureCode);
  const succeeded = event.id !== 4771 && /^0x0+$/.test(status ?? '0x0');
  return row('IdentityLogonEvents', event.when, identity(event), {
    ActionType: succeeded ? 'LogonSuccess' : 'LogonFailed',
    LogonType,
    Protocol,
    FailureReason: succeeded ? undefined : status,
    AccountDomain: lower(data.TargetDomainName),
    AccountName: lower(data.TargetUserName)?.replace(/@.*$/, ''),
    AccountSid: event.id === 4769 ? undefined : sidOf(data.TargetSid ?? data.TargetUserSid),
    IPAddress: address(data.IpAddress),
    Port: int(data.IpPort) || undefined,
    AdditionalFields: knownOf({
      ServiceName: known(data.ServiceName),
      TicketEncryptionType: known(data.TicketEncryptionType),
      TicketOptions: known(data.TicketOptions),
      PreAuthType: known(data.PreAuthType),
    }),
  });
}

function validated(event: WindowsEvent): HuntingRow[] {
  const { data } = event;
  const status = known(data.Status);
  const succeeded = /^0x0+$/.test(status ?? '0x0');
  return [
    row('IdentityLogonEvents', event.when, identity(event), {
      ActionType: succeeded ? 'LogonSuccess' : 'LogonFailed',
      LogonType: 'Credentials validation',
      Protocol: 'Ntlm',
      FailureReason: succeeded ? undefined : failureReason(status, undefined),
      AccountName: lower(data.TargetUserName),
      DeviceName: lower(data.Workstation),
    }),
  ];
}

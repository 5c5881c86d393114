import { fileColumns, initiatingProcess } from '../row/process.ts';
import { registryKey } from '../row/registry.ts';
import { row } from '../row/row.ts';
import { known, lower, whole } from '../row/value.ts';
import type { SecurityReader } from './security-rows.ts';
import { subjectColumns, subjectProcess } from './security-subject.ts';

/** Mandatory labels (Windows' well-known SIDs) as integrity levels. */
const integrity: Readonly<Record<string, string>> = {
  'S-1-16-0': 'Untrusted',
  'S-1-16-4096': 'Low',
  'S-1-16-8192': 'Medium',
  'S-1-16-8448': 'Medium',
  'S-1-16-12288': 'High',
  'S-1-16-16384': 'System',
};

const elevation: Readonly<Record<string, string>> = {
  '%%1936': 'TokenElevationTypeDefault',
  '%%1937': 'TokenElevationTypeFull',
  '%%1938': 'TokenElevationTypeLimited',
};

/** Value types of event 4657, as message codes. */
const valueTypes: Readonly<Record<string, string>> = {
  '%%1872': 'None',
  '%%1873': 'String',
  '%%1874': 'ExpandString',
  '%%1875': 'Binary',
  '%%1876': 'Dword',
  '%%1879': 'MultiString',
  '%%1883': 'Qword',
};

const registryActions: Readonly<Record<string, string>> = {
  '%%1904': 'RegistryValueSet',
  '%%1905': 'RegistryValueSet',
  '%%1906': 'RegistryValueDeleted',
};

const processCreated: SecurityReader = (event, common) => {
  const { data } = event;
  // The target is named when the process runs as somebody else than its creator.
  const other = known(data.TargetUserName) !== undefined;
  return [
    row('DeviceProcessEvents', event.when, common, fileColumns(data.NewProcessName), {
      ActionType: 'ProcessCreated',
      ProcessId: whole(data.NewProcessId),
      ProcessCommandLine: known(data.CommandLine),
      ProcessCreationTime: event.when.iso,
      ProcessIntegrityLevel: integrity[known(data.MandatoryLabel) ?? ''],
      ProcessTokenElevation: elevation[known(data.TokenElevationType) ?? ''],
      AccountDomain: lower(other ? data.TargetDomainName : data.SubjectDomainName),
      AccountName: lower(other ? data.TargetUserName : data.SubjectUserName),
      AccountSid: other ? undefined : known(data.SubjectUserSid),
      LogonId: whole(other ? data.TargetLogonId : data.SubjectLogonId),
      InitiatingProcessLogonId: whole(data.SubjectLogonId),
      ...initiatingProcess({ id: data.ProcessId, image: data.ParentProcessName }),
      ...subjectColumns(event),
    }),
  ];
};

const registryValue: SecurityReader = (event, common) => {
  const { data } = event;
  return [
    row('DeviceRegistryEvents', event.when, common, subjectProcess(event), {
      ActionType: registryActions[known(data.OperationType) ?? ''],
      RegistryKey: registryKey(known(data.ObjectName)),
      RegistryValueName: known(data.ObjectValueName),
      RegistryValueType: valueTypes[known(data.NewValueType) ?? ''],
      RegistryValueData: known(data.NewValue),
      PreviousRegistryValueData: known(data.OldValue),
    }),
  ];
};

/** Process and registry events of the Security log by id. */
export const processRows: Readonly<Record<number, SecurityReader>> = { 4657: registryValue, 4688: processCreated };

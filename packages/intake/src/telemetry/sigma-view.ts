import type { LogSource, TelemetryEvent } from '@throughline/model';
import type { Fields } from '../field/value.ts';
import { text } from '../field/value.ts';

type View = { category: string; names: Readonly<Record<string, string>> };

/** The process that did it, under Sysmon's name of most events. */
const doer = {
  Image: 'InitiatingProcessFolderPath',
  ProcessId: 'InitiatingProcessId',
  CommandLine: 'InitiatingProcessCommandLine',
} as const;

/** Sigma's categories for endpoint events and their fields by the columns of Defender's tables. */
const views: Readonly<Record<string, View>> = {
  DeviceProcessEvents: {
    category: 'process_creation',
    names: {
      Image: 'FolderPath',
      CommandLine: 'ProcessCommandLine',
      ProcessId: 'ProcessId',
      OriginalFileName: 'ProcessVersionInfoOriginalFileName',
      Description: 'ProcessVersionInfoFileDescription',
      Product: 'ProcessVersionInfoProductName',
      Company: 'ProcessVersionInfoCompanyName',
      IntegrityLevel: 'ProcessIntegrityLevel',
      User: 'AccountName',
      ParentImage: 'InitiatingProcessFolderPath',
      ParentCommandLine: 'InitiatingProcessCommandLine',
      ParentProcessId: 'InitiatingProcessId',
      sha1: 'SHA1',
      sha256: 'SHA256',
      md5: 'MD5',
    },
  },
  DeviceNetworkEvents: {
    category: 'network_connection',
    names: {
      ...doer,
      DestinationIp: 'RemoteIP',
      DestinationPort: 'RemotePort',
      DestinationHostname: 'RemoteUrl',
      SourceIp: 'LocalIP',
      SourcePort: 'LocalPort',
      Protocol: 'Protocol',
    },
  },
  DeviceFileEvents: { category: 'file_event', names: { ...doer, TargetFilename: 'FolderPath' } },
  DeviceImageLoadEvents: { category: 'image_load', names: { ...doer, ImageLoaded: 'FolderPath', sha256: 'SHA256' } },
  DeviceRegistryEvents: { category: 'registry_set', names: { ...doer, Details: 'RegistryValueData' } },
};

const fileCategories: Readonly<Record<string, string>> = { FileDeleted: 'file_delete', FileRenamed: 'file_rename' };
const registryCategories: Readonly<Record<string, string>> = {
  RegistryKeyCreated: 'registry_add',
  RegistryKeyDeleted: 'registry_delete',
  RegistryValueDeleted: 'registry_delete',
};

const others: Readonly<Record<string, LogSource>> = {
  AADNonInteractiveUserSignInLogs: { product: 'azure', service: 'signinlogs' },
  AuditLogs: { product: 'azure', service: 'auditlogs' },
  AWSCloudTrail: { product: 'aws', service: 'cloudtrail' },
  AzureActivity: { product: 'azure', service: 'activitylogs' },
  EmailEvents: { product: 'm365', service: 'emailevents' },
  OfficeActivity: { product: 'm365', service: 'audit' },
  SigninLogs: { product: 'azure', service: 'signinlogs' },
  UrlClickEvents: { product: 'm365', service: 'urlclickevents' },
};

/** A hunting row as Sigma's rules see it: endpoint tables by the generic categories, with Sysmon's names beside the columns'. */
export function sigmaView(table: string, values: Fields): Pick<TelemetryEvent, 'logSource' | 'fields'> {
  const view = views[table];
  if (view === undefined) return { logSource: others[table] ?? {}, fields: values };
  const fields: Fields = { ...values };
  for (const [name, column] of Object.entries(view.names)) {
    const value = values[column];
    if (value !== undefined && value !== null && value !== '') fields[name] = value;
  }
  const action = text(values.ActionType) ?? '';
  let { category } = view;
  if (table === 'DeviceFileEvents') category = fileCategories[action] ?? category;
  if (table === 'DeviceRegistryEvents') {
    category = registryCategories[action] ?? category;
    fields.TargetObject = targetObject(values);
  }
  // Paths tell Windows from the others: nothing else in these tables does.
  const path = text(fields.Image) ?? '';
  return {
    logSource: path.startsWith('/') ? { product: 'linux', category } : { product: 'windows', category },
    fields,
  };
}

/** Sysmon's TargetObject: short hive names, the value behind the key. */
function targetObject(values: Fields): string | undefined {
  const key = text(values.RegistryKey);
  if (key === null) return undefined;
  const short = key
    .replace(/^HKEY_LOCAL_MACHINE/, 'HKLM')
    .replace(/^HKEY_CURRENT_USER(?=\\S-1-)/, 'HKU')
    .replace(/^HKEY_USERS/, 'HKU')
    .replace(/^HKEY_CURRENT_USER/, 'HKCU');
  const name = text(values.RegistryValueName);
  return name === null ? short : `${short}\\${name}`;
}

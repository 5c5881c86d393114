import { type Fields, fields, isFields } from '../../field/value.ts';
import { initiatingProcess } from '../row/process.ts';
import { contentKey } from '../row/record-key.ts';
import { row, type Values } from '../row/row.ts';
import { columnValue } from '../row/table-columns.ts';
import { int, known, lower, whole } from '../row/value.ts';
import { when } from '../row/when.ts';
import { sigmaView } from '../sigma-view.ts';
import type { TelemetryFormat } from '../telemetry.ts';

/** Process events of Defender for Endpoint under its raw names (`CreatedProcess…`), as older exports hold them. */
export const defenderEndpointRaw: TelemetryFormat = {
  name: 'defenderEndpointRaw',
  about: 'Defender for Endpoint raw process events',

  recognises(record) {
    return isFields(record) && 'CreatedProcessName' in record && 'InitiatingProcessName' in record;
  },

  read(record, { now, text }) {
    const raw = fields(record);
    const time = when('ReportTime', now, iso(raw.ReportTime), iso(raw.CreatedProcessCreationTime));
    const made = row('DeviceProcessEvents', time, created(raw), versions(raw), doer(raw));
    return {
      source: 'defenderEndpointRaw',
      event: { ...sigmaView('DeviceProcessEvents', { ...raw, ...made.values }), time: time.ms },
      rows: [made],
      key: contentKey('defenderEndpointRaw', record, text),
    };
  },
};

/** "2021-06-23 03:08:14.159814200+00:00" as ISO 8601. */
function iso(value: unknown): unknown {
  return columnValue('datetime', value) ?? value;
}

function created(raw: Fields): Values {
  return {
    DeviceId: known(raw.MachineId),
    DeviceName: lower(raw.ComputerDnsName),
    ActionType: 'ProcessCreated',
    FileName: known(raw.CreatedProcessName),
    FolderPath: known(raw.CreatedProcessFilePath),
    FileSize: whole(raw.CreatedProcessFileSize),
    SHA1: known(raw.CreatedProcessFileSha1),
    SHA256: known(raw.CreatedProcessFileSha256),
    MD5: known(raw.CreatedProcessFileMd5),
    ProcessId: whole(raw.CreatedProcessId),
    ProcessCommandLine: known(raw.CreatedProcessCommandLine),
    ProcessCreationTime: columnValue('datetime', raw.CreatedProcessCreationTime),
    ProcessIntegrityLevel: known(raw.CreatedProcessIntegrityLevel),
    ProcessTokenElevation: known(raw.CreatedProcessTokenElevationType),
    ProcessUniqueId: known(raw.CreatedProcessStartKey),
    AccountDomain: lower(raw.CreatedProcessAccountDomainName),
    AccountName: lower(raw.CreatedProcessAccountName),
    AccountSid: known(raw.CreatedProcessAccountSid),
    AccountUpn: lower(raw.CreatedProcessAccountUpn),
    AccountObjectId: known(raw.CreatedProcessAccountAzureADId),
    LogonId: whole(raw.LogonId),
    ReportId: int(raw.ReportIndex),
  };
}

/** ProcessVersionInfo… and InitiatingProcessVersionInfo…, which bear those names but for the prefix. */
function versions(raw: Fields): Values {
  const found: Values = {};
  for (const name in raw) {
    if (name.startsWith('CreatedProcessVersionInfo')) found[name.slice('Created'.length)] = known(raw[name]);
    else if (name.startsWith('InitiatingProcessVersionInfo')) found[name] = known(raw[name]);
  }
  return found;
}

function doer(raw: Fields): Values {
  const folder = known(raw.InitiatingProcessImageFilePath);
  const name = known(raw.InitiatingProcessName);
  return {
    ...initiatingProcess({
      id: raw.InitiatingProcessId,
      image: folder === undefined || name === undefined ? name : `${folder}\\${name}`,
      commandLine: raw.Process_CommandLine,
      uniqueId: raw.InitiatingProcessStartKey,
      sid: raw.InitiatingProcessAccountSid,
    }),
    InitiatingProcessAccountDomain: lower(raw.InitiatingProcessAccountDomainName),
    InitiatingProcessAccountName: lower(raw.InitiatingProcessAccountName),
    InitiatingProcessAccountUpn: lower(raw.InitiatingProcessAccountUpn),
    InitiatingProcessAccountObjectId: known(raw.InitiatingProcessAccountAzureADId),
    InitiatingProcessIntegrityLevel: known(raw.InitiatingProcessIntegrityLevel),
    InitiatingProcessTokenElevation: known(raw.InitiatingProcessTokenElevationType),
    InitiatingProcessSHA1: known(raw.InitiatingProcessImageSha1),
    InitiatingProcessSHA256: known(raw.InitiatingProcessImageSha256),
    InitiatingProcessMD5: known(raw.InitiatingProcessImageMd5),
    InitiatingProcessFileSize: whole(raw.InitiatingProcessImageFileSizeInBytes),
    InitiatingProcessCreationTime: columnValue('datetime', raw.InitiatingProcessCreationTime),
    InitiatingProcessParentId: whole(raw.InitiatingProcessParentProcessId),
    InitiatingProcessParentFileName: known(raw.InitiatingProcessParentProcessName)?.split('\\').at(-1),
    InitiatingProcessParentCreationTime: columnValue('datetime', raw.InitiatingProcessParentCreationTime),
    InitiatingProcessLogonId: whole(raw.InitiatingProcessLogonId),
    InitiatingProcessSignatureStatus: known(raw.InitiatingProcessSignatureStatus),
    InitiatingProcessSignerType: known(raw.InitiatingProcessSignerType),
  };
}

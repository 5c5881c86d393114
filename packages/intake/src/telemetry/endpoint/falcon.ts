import type { LogSource } from '@throughline/model';
import type { HuntingRow } from '@throughline/model/hunting';
import { type Fields, fields, isFields, text } from '../../field/value.ts';
import { address, addressType, protocolOf } from '../row/address.ts';
import { deviceColumns } from '../row/device.ts';
import { fileColumns, initiatingProcess } from '../row/process.ts';
import { contentKey, numberedKey, reportIdOf } from '../row/record-key.ts';
import { jsonText, row, type Values } from '../row/row.ts';
import { withSigmaProcess } from '../row/sigma-process.ts';
import { flag, int, known, lower, whole } from '../row/value.ts';
import { type When, when } from '../row/when.ts';
import type { TelemetryFormat } from '../telemetry.ts';

/** CrowdStrike Falcon Data Replicator events, flat or with the event under `event`. */
export const falcon: TelemetryFormat = {
  name: 'falconReplicator',
  about: 'CrowdStrike Falcon Data Replicator events',

  recognises(record) {
    return isFields(record) && typeof record.event_simpleName === 'string' && 'aid' in record;
  },

  read(record, context) {
    const outer = fields(record);
    const event = isFields(outer.event) ? outer.event : outer;
    const time = when('timestamp', context.now, event.timestamp, outer.timestamp);
    const id = text(event.id) ?? text(outer.id);
    const key =
      id === null
        ? contentKey('falconReplicator', record, context.text)
        : numberedKey('falconReplicator', text(outer.aid) ?? '', id, time.ms);
    const name = String(outer.event_simpleName);
    const common = { ...device(event), ReportId: reportIdOf(key) };
    const logSource: LogSource = { product: products[text(event.event_platform) ?? ''] ?? 'windows' };
    const category = categories[name];
    return {
      source: 'falconReplicator',
      event: {
        logSource: category === undefined ? logSource : { ...logSource, category },
        time: time.ms,
        fields: sigmaFields(name, event),
      },
      rows: [(readers[name] ?? other)(event, time, common)],
      key,
    };
  },
};

const products: Readonly<Record<string, string>> = { Lin: 'linux', Mac: 'macos', Win: 'windows' };

const categories: Readonly<Record<string, string>> = {
  DnsRequest: 'dns_query',
  NetworkConnectIP4: 'network_connection',
  NetworkConnectIP6: 'network_connection',
  ProcessRollup2: 'process_creation',
  SyntheticProcessRollup2: 'process_creation',
};

/** The sensor's id is the device's; events name the computer only sometimes. */
function device(event: Fields): Values {
  const name = lower(event.ComputerName);
  return { ...deviceColumns(name), DeviceId: known(event.aid) };
}

const readers: Readonly<Record<string, (event: Fields, time: When, common: Values) => HuntingRow>> = {
  DnsRequest: dnsRequest,
  NetworkConnectIP4: connection,
  NetworkConnectIP6: connection,
  ProcessRollup2: processStart,
  SyntheticProcessRollup2: processStart,
};

/** Mandatory integrity levels by their number (the last part of the label's SID). */
const integrity: Readonly<Record<string, string>> = {
  '4096': 'Low',
  '8192': 'Medium',
  '12288': 'High',
  '16384': 'System',
};

function hash(value: unknown): string | undefined {
  const digits = lower(value);
  return digits === undefined || /^0*$/.test(digits) ? undefined : digits;
}

function processStart(event: Fields, time: When, common: Values): HuntingRow {
  return row('DeviceProcessEvents', time, common, fileColumns(event.ImageFileName), {
    ActionType: 'ProcessCreated',
    ProcessId: whole(event.RawProcessId),
    ProcessUniqueId: known(event.TargetProcessId),
    ProcessCommandLine: known(event.CommandLine),
    ProcessIntegrityLevel: integrity[text(event.IntegrityLevel) ?? ''],
    AccountName: lower(event.UserName),
    AccountSid: known(event.UserSid),
    LogonId: whole(event.AuthenticationId),
    SHA256: hash(event.SHA256HashData),
    SHA1: hash(event.SHA1HashData),
    MD5: hash(event.MD5HashData),
    InitiatingProcessFileName: known(event.ParentBaseFileName),
    InitiatingProcessUniqueId: known(event.ParentProcessId),
  });
}

function connection(event: Fields, time: When, common: Values): HuntingRow {
  const remote = address(event.RemoteAddressIP4 ?? event.RemoteAddressIP6);
  const local = address(event.LocalAddressIP4 ?? event.LocalAddressIP6);
  // 0 is outbound, 1 inbound.
  const inward = flag(event.ConnectionDirection);
  return row(
    'DeviceNetworkEvents',
    time,
    common,
    initiatingProcess({ image: event.ContextBaseFileName, uniqueId: event.ContextProcessId }),
    {
      ActionType: inward === undefined ? undefined : inward ? 'InboundConnectionAccepted' : 'ConnectionSuccess',
      RemoteIP: remote,
      RemotePort: int(event.RemotePort),
      RemoteIPType: addressType(remote),
      LocalIP: local,
      LocalPort: int(event.LocalPort),
      LocalIPType: addressType(local),
      Protocol: protocolOf(event.Protocol),
    },
  );
}

function dnsRequest(event: Fields, time: When, common: Values): HuntingRow {
  return row(
    'DeviceEvents',
    time,
    common,
    initiatingProcess({ image: event.ContextBaseFileName, uniqueId: event.ContextProcessId }),
    {
      ActionType: 'DnsQueryResponse',
      AdditionalFields: jsonText({ DnsQueryString: known(event.DomainName), RequestType: known(event.RequestType) }),
    },
  );
}

function other(event: Fields, time: When, common: Values): HuntingRow {
  return row('DeviceEvents', time, common, { AdditionalFields: jsonText(event) });
}

function sigmaFields(name: string, event: Fields): Fields {
  if (categories[name] === 'process_creation') {
    return withSigmaProcess(event, {
      Image: event.ImageFileName,
      CommandLine: event.CommandLine,
      ParentImage: event.ParentBaseFileName,
      User: event.UserName,
      ProcessId: event.RawProcessId,
    });
  }
  if (name === 'DnsRequest') return { ...event, QueryName: event.DomainName, Image: event.ContextBaseFileName };
  if (categories[name] === undefined) return event;
  return {
    ...event,
    DestinationIp: event.RemoteAddressIP4 ?? event.RemoteAddressIP6,
    DestinationPort: event.RemotePort,
    Image: event.ContextBaseFileName,
  };
}

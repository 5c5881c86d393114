import type { HuntingRow } from '@throughline/model/hunting';
import { address, addressType, protocolOf } from '../row/address.ts';
import { jsonText, row, type Values } from '../row/row.ts';
import { flag, int, known } from '../row/value.ts';
import { imageOf } from './sysmon-process.ts';
import type { WindowsEvent } from './windows-event.ts';

/** Sysmon's network events by id. */
export const sysmonNetworkRows: Readonly<Record<number, (event: WindowsEvent, common: Values) => HuntingRow[]>> = {
  3: connection,
  22: dnsQuery,
};

function connection(event: WindowsEvent, common: Values): HuntingRow[] {
  const { data } = event;
  const outward = flag(data.Initiated) !== false;
  const source = address(data.SourceIp);
  const destination = address(data.DestinationIp);
  const [local, remote] = outward ? [source, destination] : [destination, source];
  return [
    row('DeviceNetworkEvents', event.when, common, imageOf(event), {
      ActionType: outward ? 'ConnectionSuccess' : 'InboundConnectionAccepted',
      RemoteIP: remote,
      RemotePort: int(outward ? data.DestinationPort : data.SourcePort),
      RemoteUrl: known(outward ? data.DestinationHostname : data.SourceHostname),
      LocalIP: local,
      LocalPort: int(outward ? data.SourcePort : data.DestinationPort),
      Protocol: protocolOf(data.Protocol),
      LocalIPType: addressType(local),
      RemoteIPType: addressType(remote),
    }),
  ];
}

function dnsQuery(event: WindowsEvent, common: Values): HuntingRow[] {
  const { data } = event;
  return [
    row('DeviceEvents', event.when, common, imageOf(event), {
      ActionType: 'DnsQueryResponse',
      AdditionalFields: jsonText({
        DnsQueryString: known(data.QueryName),
        DnsQueryResult: known(data.QueryResults),
        DnsQueryStatus: known(data.QueryStatus),
      }),
    }),
  ];
}

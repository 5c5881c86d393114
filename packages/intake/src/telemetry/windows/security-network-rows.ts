import type { HuntingRow } from '@throughline/model/hunting';
import { address, addressType, protocolOf } from '../row/address.ts';
import { initiatingProcess } from '../row/process.ts';
import { jsonText, row, type Values } from '../row/row.ts';
import { int, known } from '../row/value.ts';
import type { SecurityReader } from './security-rows.ts';
import type { WindowsEvent } from './windows-event.ts';

/** Windows Filtering Platform events of the Security log by id. */
export const networkRows: Readonly<Record<number, SecurityReader>> = {
  5152: blocked,
  5154: (event, common) => [
    row('DeviceNetworkEvents', event.when, common, application(event), {
      ActionType: 'ListeningConnectionCreated',
      LocalIP: address(event.data.SourceAddress),
      LocalPort: int(event.data.SourcePort),
      Protocol: protocolOf(event.data.Protocol),
    }),
  ],
  5156: (event, common) => {
    const ends = endsOf(event);
    return [
      row('DeviceNetworkEvents', event.when, common, application(event), {
        ActionType: ends.inward ? 'InboundConnectionAccepted' : 'ConnectionSuccess',
        RemoteIP: ends.remote,
        RemotePort: ends.remotePort,
        LocalIP: ends.local,
        LocalPort: ends.localPort,
        Protocol: protocolOf(event.data.Protocol ?? event.data.Protocol_string),
        LocalIPType: addressType(ends.local),
        RemoteIPType: addressType(ends.remote),
      }),
    ];
  },
  5157: blocked,
};

function blocked(event: WindowsEvent, common: Values): HuntingRow[] {
  const ends = endsOf(event);
  return [
    row('DeviceEvents', event.when, common, application(event), {
      ActionType: ends.inward ? 'FirewallInboundConnectionBlocked' : 'FirewallOutboundConnectionBlocked',
      RemoteIP: ends.remote,
      RemotePort: ends.remotePort,
      LocalIP: ends.local,
      LocalPort: ends.localPort,
      AdditionalFields: jsonText({ Protocol: protocolOf(event.data.Protocol), LayerName: known(event.data.LayerName) }),
    }),
  ];
}

/** %%14592 is inbound: the source is then the other side. */
function endsOf(event: WindowsEvent) {
  const { data } = event;
  const inward = data.Direction === '%%14592';
  const source = address(data.SourceAddress);
  const destination = address(data.DestAddress);
  const sourcePort = int(data.SourcePort ?? data.SourcePort_string);
  const destinationPort = int(data.DestPort);
  return inward
    ? { inward, local: destination, localPort: destinationPort, remote: source, remotePort: sourcePort }
    : { inward, local: source, localPort: sourcePort, remote: destination, remotePort: destinationPort };
}

function application(event: WindowsEvent): Values {
  const { data } = event;
  return initiatingProcess({ id: data.ProcessID ?? data.ProcessId, image: data.Application });
}

import type { HuntingRow } from '@throughline/model/hunting';
import { address, addressType, protocolOf } from '../row/address.ts';
import { jsonText, row, type Values } from '../row/row.ts';
import { int, known } from '../row/value.ts';
import type { When } from '../row/when.ts';

/** What a sensor on the network says of one connection. The side that opened it counts as local. */
export type Seen = {
  action?: string | undefined;
  from: unknown;
  fromPort?: unknown;
  to: unknown;
  toPort?: unknown;
  protocol?: unknown;
  url?: unknown;
  reportId: number;
  /** What else is known, as Defender puts it into AdditionalFields. */
  more: Values;
};

/** A row of DeviceNetworkEvents. Sensors know addresses and no devices: DeviceId and DeviceName stay empty. */
export function networkRow(time: When, seen: Seen): HuntingRow {
  const local = address(seen.from);
  const remote = address(seen.to);
  return row('DeviceNetworkEvents', time, {
    ActionType: seen.action,
    LocalIP: local,
    LocalPort: int(seen.fromPort),
    LocalIPType: addressType(local),
    RemoteIP: remote,
    RemotePort: int(seen.toPort),
    RemoteIPType: addressType(remote),
    RemoteUrl: known(seen.url),
    Protocol: protocolOf(seen.protocol),
    ReportId: seen.reportId,
    AdditionalFields: jsonText(seen.more),
  });
}

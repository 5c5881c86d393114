import type { HuntingRow } from '@throughline/model/hunting';
import { address } from '../row/address.ts';
import { row } from '../row/row.ts';
import { int, known, whole } from '../row/value.ts';
import type { When } from '../row/when.ts';

/** What a sensor says of one connection as a whole. */
export type Session = {
  vendor: string;
  product: string;
  sensor: unknown;
  from: unknown;
  fromPort: unknown;
  to: unknown;
  toPort: unknown;
  protocol: unknown;
  application: unknown;
  /** Whether the other side answered; `undefined` when that is not known. */
  answered: boolean | undefined;
  state: unknown;
  /** In seconds. */
  duration: unknown;
  sentBytes: unknown;
  receivedBytes: unknown;
  sentPackets: unknown;
  receivedPackets: unknown;
  id: unknown;
};

/** A row of ASimNetworkSessionLogs (Sentinel's normalised schema for network sessions, version 0.2.6). */
export function sessionRow(time: When, seen: Session): HuntingRow {
  const duration = typeof seen.duration === 'number' ? int(Math.round(seen.duration * 1000)) : undefined;
  return row('ASimNetworkSessionLogs', time, {
    EventCount: 1,
    EventType: 'NetworkSession',
    EventResult: seen.answered === false ? 'Failure' : seen.answered ? 'Success' : 'NA',
    EventOriginalResultDetails: known(seen.state),
    EventStartTime: time.iso,
    EventEndTime: duration === undefined ? time.iso : new Date(time.ms + duration).toISOString(),
    EventProduct: seen.product,
    EventVendor: seen.vendor,
    EventSchemaVersion: '0.2.6',
    DvcHostname: known(seen.sensor),
    SrcIpAddr: address(seen.from),
    SrcPortNumber: int(seen.fromPort),
    DstIpAddr: address(seen.to),
    DstPortNumber: int(seen.toPort),
    NetworkProtocol: known(seen.protocol)?.toUpperCase(),
    NetworkApplicationProtocol: known(seen.application)?.toUpperCase(),
    NetworkDuration: duration,
    NetworkSessionId: known(seen.id),
    SrcBytes: whole(seen.sentBytes),
    DstBytes: whole(seen.receivedBytes),
    SrcPackets: whole(seen.sentPackets),
    DstPackets: whole(seen.receivedPackets),
  });
}

import type { HuntingRow } from '@throughline/model/hunting';
import { address } from '../row/address.ts';
import { row, type Values } from '../row/row.ts';
import { int, known } from '../row/value.ts';
import type { When } from '../row/when.ts';

/** What a sensor says of one DNS question and its answer. */
export type Lookup = {
  vendor: string;
  product: string;
  sensor: unknown;
  from: unknown;
  fromPort: unknown;
  to: unknown;
  toPort: unknown;
  protocol: unknown;
  query: unknown;
  type: unknown;
  typeName: unknown;
  code: unknown;
  codeName: unknown;
  answers: unknown;
  id: unknown;
};

/** A row of ASimDnsActivityLogs (Sentinel's normalised schema for DNS, version 0.1.7). */
export function dnsRow(time: When, seen: Lookup): HuntingRow {
  const codeName = known(seen.codeName)?.toUpperCase();
  const more: Values | undefined =
    Array.isArray(seen.answers) && seen.answers.length > 0 ? { answers: seen.answers } : undefined;
  return row('ASimDnsActivityLogs', time, {
    EventCount: 1,
    EventType: 'Query',
    EventSubType: codeName === undefined ? 'request' : 'response',
    EventResult: codeName === undefined || codeName === 'NOERROR' ? 'Success' : 'Failure',
    EventResultDetails: codeName ?? 'NA',
    EventStartTime: time.iso,
    EventEndTime: time.iso,
    EventProduct: seen.product,
    EventVendor: seen.vendor,
    EventSchemaVersion: '0.1.7',
    EventOriginalUid: known(seen.id),
    DvcHostname: known(seen.sensor),
    SrcIpAddr: address(seen.from),
    SrcPortNumber: int(seen.fromPort),
    DstIpAddr: address(seen.to),
    DstPortNumber: int(seen.toPort),
    NetworkProtocol: known(seen.protocol)?.toUpperCase(),
    DnsQuery: known(seen.query),
    DnsQueryType: int(seen.type),
    DnsQueryTypeName: known(seen.typeName),
    DnsResponseCode: int(seen.code),
    DnsResponseName: codeName,
    AdditionalFields: more,
  });
}

import type { HuntingRow } from '@throughline/model/hunting';
import { type Fields, list, text } from '../../field/value.ts';
import { address } from '../row/address.ts';
import { knownOf, row, type Values } from '../row/row.ts';
import { flag, int, known, lower } from '../row/value.ts';
import type { When } from '../row/when.ts';
import { dnsRow } from './dns-row.ts';
import { networkRow } from './network-row.ts';
import { sessionRow } from './session-row.ts';

/** Defender's words for what Zeek sees in a connection. */
const actions: Readonly<Record<string, string>> = {
  dns: 'DnsConnectionInspected',
  ftp: 'FtpConnectionInspected',
  http: 'HttpConnectionInspected',
  smtp: 'SmtpConnectionInspected',
  ssh: 'SshConnectionInspected',
  ssl: 'SslConnectionInspected',
};

/** States of connections that nobody answered, and that were refused (Zeek's conn.log). */
const unanswered = new Set(['S0', 'SH', 'SHR', 'OTH']);
const refused = new Set(['REJ', 'RSTOS0', 'RSTRH']);

/** Rows of one Zeek record: what was inspected, and for sessions, lookups and logons the table of their own. */
export function zeekRows(path: string | undefined, record: Fields, time: When, reportId: number): HuntingRow[] {
  const state = text(record.conn_state);
  const general = networkRow(time, {
    action: path === 'conn' ? connectionAction(state) : actions[path ?? ''],
    from: record['id.orig_h'] ?? list(record.rx_hosts)[0],
    fromPort: record['id.orig_p'],
    to: record['id.resp_h'] ?? list(record.tx_hosts)[0],
    toPort: record['id.resp_p'],
    protocol: record.proto,
    url: urlOf(path, record),
    reportId,
    more: detailsOf(path, record),
  });
  if (path === 'conn') return [general, session(record, state, time)];
  if (path === 'dns') return [general, lookup(record, time)];
  if (path === 'kerberos' || path === 'ntlm') return [general, logon(path, record, time, reportId)];
  return [general];
}

function connectionAction(state: string | null): string | undefined {
  if (state === null) return undefined;
  return unanswered.has(state) ? 'ConnectionAttempt' : refused.has(state) ? 'ConnectionFailed' : 'ConnectionSuccess';
}

function urlOf(path: string | undefined, record: Fields): unknown {
  if (path === 'ssl') return record.server_name;
  if (path === 'dns') return undefined;
  if (path !== 'http' || text(record.host) === null) return undefined;
  return `${String(record.host)}${text(record.uri) ?? ''}`;
}

/** All that the record holds beside addresses and time, and the log's name. */
function detailsOf(path: string | undefined, record: Fields): Values {
  const more: Values = { log: path };
  for (const name in record) {
    if (
      name === 'ts' ||
      name.startsWith('id.') ||
      name.startsWith('id_') ||
      name.startsWith('@') ||
      name.startsWith('_')
    )
      continue;
    more[name] = record[name];
  }
  return more;
}

function session(record: Fields, state: string | null, time: When): HuntingRow {
  return sessionRow(time, {
    ...ends(record),
    protocol: record.proto,
    application: record.service,
    answered: state === null ? undefined : !unanswered.has(state) && !refused.has(state),
    state,
    duration: record.duration,
    sentBytes: record.orig_bytes,
    receivedBytes: record.resp_bytes,
    sentPackets: record.orig_pkts,
    receivedPackets: record.resp_pkts,
    id: record.uid,
  });
}

function lookup(record: Fields, time: When): HuntingRow {
  return dnsRow(time, {
    ...ends(record),
    protocol: record.proto,
    query: record.query,
    type: record.qtype,
    typeName: record.qtype_name,
    code: record.rcode,
    codeName: record.rcode_name,
    answers: record.answers,
    id: record.uid,
  });
}

function ends(record: Fields) {
  return {
    vendor: 'Zeek',
    product: 'Zeek',
    sensor: record['@system'] ?? record._system_name,
    from: record['id.orig_h'],
    fromPort: record['id.orig_p'],
    to: record['id.resp_h'],
    toPort: record['id.resp_p'],
  };
}

function logon(path: 'kerberos' | 'ntlm', record: Fields, time: When, reportId: number): HuntingRow {
  const succeeded = flag(record.success);
  // Kerberos names clients "user/REALM".
  const [client, realm] = (text(record.client) ?? '').split('/', 2);
  return row('IdentityLogonEvents', time, {
    ActionType: succeeded === undefined ? undefined : succeeded ? 'LogonSuccess' : 'LogonFailed',
    Protocol: path === 'kerberos' ? 'Kerberos' : 'Ntlm',
    FailureReason: succeeded ? undefined : (known(record.error_msg) ?? known(record.status)),
    AccountName: path === 'kerberos' ? lower(client) : lower(record.username),
    AccountDomain: path === 'kerberos' ? lower(realm) : lower(record.domainname),
    DeviceName: path === 'ntlm' ? lower(record.hostname) : undefined,
    IPAddress: address(record['id.orig_h']),
    Port: int(record['id.orig_p']),
    DestinationIPAddress: address(record['id.resp_h']),
    DestinationPort: int(record['id.resp_p']),
    DestinationDeviceName: lower(record.server_dns_computer_name),
    ReportId: String(reportId),
    AdditionalFields: knownOf({
      service: known(record.service),
      requestType: known(record.request_type),
      cipher: known(record.cipher),
    }),
  });
}

import type { LogSource } from '@throughline/model';
import type { HuntingRow } from '@throughline/model/hunting';
import { type Fields, fields, isFields, list, text } from '../../field/value.ts';
import { contentKey, reportIdOf } from '../row/record-key.ts';
import { row, type Values } from '../row/row.ts';
import { known, whole } from '../row/value.ts';
import { type When, when } from '../row/when.ts';
import type { TelemetryFormat } from '../telemetry.ts';
import { dnsRow } from './dns-row.ts';
import { networkRow } from './network-row.ts';
import { sessionRow } from './session-row.ts';

/** Suricata EVE JSON of any event type but alert, which the alert format reads. */
export const suricataEvent: TelemetryFormat = {
  name: 'suricata',
  about: 'Suricata EVE JSON: flow, dns, http, tls, fileinfo and the other protocols',

  recognises(record) {
    if (!isFields(record) || typeof record.event_type !== 'string' || record.event_type === 'alert') return false;
    return 'timestamp' in record && ('src_ip' in record || 'flow_id' in record || 'stats' in record);
  },

  read(record, context) {
    const { now } = context;
    const eve = fields(record);
    const type = String(eve.event_type);
    const time = when('timestamp', now, eve.timestamp);
    const key = contentKey('suricata', record, context.text);
    const category = categories[type];
    const logSource: LogSource = {
      product: 'suricata',
      service: type,
      ...(category === undefined ? {} : { category }),
    };
    return {
      source: 'suricata',
      event: { logSource, time: time.ms, fields: fieldsOf(type, eve) },
      rows: rowsOf(type, eve, time, reportIdOf(key)),
      key,
    };
  },
};

const categories: Readonly<Record<string, string>> = { dns: 'dns', http: 'proxy' };

const actions: Readonly<Record<string, string>> = {
  dns: 'DnsConnectionInspected',
  ftp: 'FtpConnectionInspected',
  http: 'HttpConnectionInspected',
  smtp: 'SmtpConnectionInspected',
  ssh: 'SshConnectionInspected',
  tls: 'SslConnectionInspected',
};

/** The record, and beside it the names that Sigma's rules for DNS and proxies ask for. */
function fieldsOf(type: string, eve: Fields): Fields {
  if (type === 'dns') {
    const dns = fields(eve.dns);
    const asked = fields(list(dns.queries)[0] ?? list(dns.query)[0]);
    return { ...eve, query: dns.rrname ?? asked.rrname, record_type: dns.rrtype ?? asked.rrtype };
  }
  if (type !== 'http') return eve;
  const http = fields(eve.http);
  return {
    ...eve,
    'c-uri': http.url,
    'cs-host': http.hostname,
    'cs-method': http.http_method,
    'c-useragent': http.http_user_agent,
    'cs-referrer': http.http_refer,
    'sc-status': http.status,
  };
}

function rowsOf(type: string, eve: Fields, time: When, reportId: number): HuntingRow[] {
  const details = fields(eve[type]);
  const general = networkRow(time, {
    action: type === 'flow' ? flowAction(fields(eve.flow)) : actions[type],
    from: eve.src_ip,
    fromPort: eve.src_port,
    to: eve.dest_ip,
    toPort: eve.dest_port,
    protocol: eve.proto,
    url:
      type === 'tls'
        ? details.sni
        : type === 'http' && text(details.hostname) !== null
          ? `${String(details.hostname)}${text(details.url) ?? ''}`
          : undefined,
    reportId,
    more: { log: type, ...details },
  });
  if (type === 'flow') return [general, session(eve, startOf(eve, time))];
  if (type === 'dns') return [general, lookup(eve, time)];
  if (type === 'fileinfo') return [general, file(eve, time, reportId)];
  return [general];
}

function flowAction(flow: Fields): string | undefined {
  const state = text(flow.state);
  return state === 'established' || state === 'closed'
    ? 'ConnectionSuccess'
    : state === 'new'
      ? 'ConnectionAttempt'
      : undefined;
}

/** A flow is written when it ends. */
function startOf(eve: Fields, written: When): When {
  const start = fields(eve.flow).start;
  return typeof start === 'string' ? when('flow.start', new Date(written.ms), start, written.iso) : written;
}

function session(eve: Fields, time: When): HuntingRow {
  const flow = fields(eve.flow);
  const state = text(flow.state);
  return sessionRow(time, {
    ...ends(eve),
    protocol: eve.proto,
    application: eve.app_proto,
    answered: state === null ? undefined : state !== 'new',
    state,
    duration: flow.age,
    sentBytes: flow.bytes_toserver,
    receivedBytes: flow.bytes_toclient,
    sentPackets: flow.pkts_toserver,
    receivedPackets: flow.pkts_toclient,
    id: eve.flow_id,
  });
}

/** Version 1 and 2 of EVE's dns write one answer an event, version 3 lists of queries and answers. */
function lookup(eve: Fields, time: When): HuntingRow {
  const dns = fields(eve.dns);
  const asked = fields(list(dns.queries)[0] ?? list(dns.query)[0]);
  return dnsRow(time, {
    ...ends(eve),
    protocol: eve.proto,
    query: dns.rrname ?? asked.rrname,
    type: undefined,
    typeName: dns.rrtype ?? asked.rrtype,
    code: undefined,
    codeName: dns.rcode,
    answers: dns.answers ?? dns.answer,
    id: eve.flow_id,
  });
}

function ends(eve: Fields) {
  return {
    vendor: 'OISF',
    product: 'Suricata',
    sensor: eve.host,
    from: eve.src_ip,
    fromPort: eve.src_port,
    to: eve.dest_ip,
    toPort: eve.dest_port,
  };
}

/** A file seen on the network is a file event of no known device. */
function file(eve: Fields, time: When, reportId: number): HuntingRow {
  const info = fields(eve.fileinfo);
  const http = fields(eve.http);
  const host = known(http.hostname);
  const columns: Values = {
    FileName: known(info.filename)?.split(/[\\/]/).at(-1),
    SHA1: known(info.sha1),
    SHA256: known(info.sha256),
    MD5: known(info.md5),
    FileSize: whole(info.size),
    FileOriginUrl: host === undefined ? undefined : `${host}${text(http.url) ?? ''}`,
    FileOriginReferrerUrl: known(http.http_refer),
    FileOriginIP: known(eve.src_ip),
    RequestProtocol: known(eve.app_proto),
    ReportId: reportId,
  };
  return row('DeviceFileEvents', time, columns);
}

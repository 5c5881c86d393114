import type { LogSource } from '@throughline/model';
import { type Fields, fields, isFields, text } from '../../field/value.ts';
import { contentKey, reportIdOf } from '../row/record-key.ts';
import { when } from '../row/when.ts';
import type { TelemetryFormat } from '../telemetry.ts';
import { zeekRows } from './zeek-rows.ts';

/** Zeek logs as JSON, in the spellings of several shippers; TSV files are framed into the same records. */
export const zeek: TelemetryFormat = {
  name: 'zeek',
  about: 'Zeek logs (JSON and TSV)',

  recognises(record) {
    if (!isFields(record) || !('ts' in record || '_write_ts' in record)) return false;
    return (
      record['@proc'] === 'zeek' ||
      '_path' in record ||
      ('uid' in record && ('id.orig_h' in record || 'id_orig_h' in record))
    );
  },

  read(record, context) {
    const { now } = context;
    const held = plainNames(fields(record));
    const path = pathOf(held);
    const time = when('ts', now, held.ts, held._write_ts);
    const key = contentKey('zeek', record, context.text);
    return {
      source: 'zeek',
      event: { logSource: logSourceOf(path), time: time.ms, fields: path === 'http' ? withProxyNames(held) : held },
      rows: zeekRows(path, held, time, reportIdOf(key)),
      key,
    };
  },
};

/** Zeek's own names: shippers write `id_orig_h` or nest `id`. */
function plainNames(record: Fields): Fields {
  if ('id.orig_h' in record) return record;
  const id = isFields(record.id) ? record.id : undefined;
  if (id === undefined && !('id_orig_h' in record)) return record;
  return {
    ...record,
    'id.orig_h': record.id_orig_h ?? id?.orig_h,
    'id.orig_p': record.id_orig_p ?? id?.orig_p,
    'id.resp_h': record.id_resp_h ?? id?.resp_h,
    'id.resp_p': record.id_resp_p ?? id?.resp_p,
  };
}

/** The names that Sigma's rules for proxies ask for, beside Zeek's own. */
function withProxyNames(record: Fields): Fields {
  return {
    ...record,
    'c-uri': record.uri,
    'cs-host': record.host,
    'cs-method': record.method,
    'c-useragent': record.user_agent,
    'cs-referrer': record.referrer,
    'sc-status': record.status_code,
  };
}

/** Fields that only one log has, for records that do not name theirs. */
const marks: readonly (readonly [field: string, path: string])[] = [
  ['conn_state', 'conn'],
  ['qtype_name', 'dns'],
  ['trans_id', 'dns'],
  ['status_code', 'http'],
  ['user_agent', 'http'],
  ['server_name', 'ssl'],
  ['cipher', 'ssl'],
  ['request_type', 'kerberos'],
  ['domainname', 'ntlm'],
  ['fuid', 'files'],
];

function pathOf(record: Fields): string | undefined {
  const named = text(record._path) ?? text(record['@stream']);
  return named ?? marks.find(([field]) => field in record)?.[1];
}

const categories: Readonly<Record<string, string>> = { dns: 'dns', http: 'proxy' };

function logSourceOf(path: string | undefined): LogSource {
  if (path === undefined) return { product: 'zeek' };
  const category = categories[path];
  return category === undefined ? { product: 'zeek', service: path } : { product: 'zeek', service: path, category };
}

import { parseInstant } from '../../field/instant.ts';
import { labelledFields, readExtension, splitCef } from '../../format/cef-extension.ts';
import { syslogHeader } from '../../format/syslog-header.ts';
import { Refused } from '../../outcome.ts';
import { contentKey } from '../row/record-key.ts';
import { jsonText, row, type Values } from '../row/row.ts';
import { columnValue, tableColumns } from '../row/table-columns.ts';
import { when } from '../row/when.ts';
import type { TelemetryFormat } from '../telemetry.ts';
import { cefColumns } from './cef-columns.ts';

const start = /(?:^|[\s>:"'])CEF:\s?\d/;

/** CEF lines as rows; as alerts they are read by the alert format of the same name, which is asked first. */
export const commonSecurityLog: TelemetryFormat = {
  name: 'cef',
  about: 'CEF lines as rows of CommonSecurityLog',

  recognises(record) {
    return typeof record === 'string' && record.includes('CEF:') && start.test(record);
  },

  read(record, { now }) {
    const line = String(record);
    const at = line.indexOf('CEF:', line.search(start));
    const split = splitCef(line.slice(at));
    if (split === null) throw new Refused('malformedText', 'CEF: fewer than seven header fields');
    const { header } = split;
    const extension = readExtension(split.extension);
    const syslog = syslogHeader(line.slice(0, at));
    const readable = (value: string | null | undefined) =>
      value !== null && value !== undefined && !Number.isNaN(parseInstant(value, now)) ? value : undefined;
    const given = (name: string) => readable(extension.get(name));
    const time = when('rt', now, given('rt'), given('end'), given('start'), readable(syslog.time), now.toISOString());
    const values: Values = {};
    const rest: Record<string, string> = {};
    const types = tableColumns('CommonSecurityLog');
    for (const [key, value] of extension) {
      const column = cefColumns[key];
      const type = column === undefined ? undefined : types?.get(column);
      if (column !== undefined && type !== undefined) values[column] = columnValue(type, value);
      else rest[key] = value;
    }
    return {
      source: 'cef',
      event: {
        logSource: { product: header.vendor.toLowerCase().replace(/\s+/g, '_') },
        time: time.ms,
        fields: {
          DeviceVendor: header.vendor,
          DeviceProduct: header.product,
          DeviceVersion: header.deviceVersion,
          DeviceEventClassID: header.signatureId,
          Name: header.name,
          Severity: header.severity,
          ...Object.fromEntries(extension),
          ...labelledFields(extension),
        },
      },
      rows: [
        row('CommonSecurityLog', time, values, {
          DeviceVendor: header.vendor,
          DeviceProduct: header.product,
          DeviceVersion: header.deviceVersion,
          DeviceEventClassID: header.signatureId,
          Activity: header.name,
          LogSeverity: header.severity,
          OriginalLogSeverity: header.severity,
          Computer: syslog.host,
          AdditionalExtensions: extensionsOf(rest),
        }),
      ],
      key: contentKey('cef', line),
    };
  },
};

/** Sentinel writes what has no column as `key=value;key=value`. */
function extensionsOf(rest: Record<string, string>): string | undefined {
  return jsonText(rest) === undefined
    ? undefined
    : Object.entries(rest)
        .map(([key, value]) => `${key}=${value}`)
        .join(';');
}

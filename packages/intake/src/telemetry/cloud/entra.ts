import type { LogSource } from '@throughline/model';
import type { HuntingRow } from '@throughline/model/hunting';
import { text } from '../../field/value.ts';
import { Refused } from '../../outcome.ts';
import { contentKey, numberedKey } from '../row/record-key.ts';
import { when } from '../row/when.ts';
import type { TelemetryFormat } from '../telemetry.ts';
import { auditLogRow } from './entra-audit-row.ts';
import { type EntraRecord, entraRecord } from './entra-record.ts';
import { errorCodeOf, signInRows } from './entra-sign-in-rows.ts';

/** Entra ID sign-in and audit logs, through diagnostic settings or as Graph gives them. */
export const entra: TelemetryFormat = {
  name: 'entra',
  about: 'Entra ID sign-in and audit logs (diagnostic settings, Graph)',

  recognises(record) {
    return entraRecord(record) !== null;
  },

  read(record, context) {
    const { now } = context;
    const found = entraRecord(record);
    if (found === null) throw new Refused('unknownFormat', 'no Entra ID record');
    const { envelope, properties, kind } = found;
    const time = when('time', now, properties.createdDateTime, properties.activityDateTime, envelope.time);
    const id = text(properties.id);
    const key = id === null ? contentKey('entra', record, context.text) : numberedKey('entra', kind, id, time.ms);
    const rows: HuntingRow[] = kind === 'audit' ? [auditLogRow(found, time)] : signInRows(found, time, key);
    return {
      source: 'entra',
      event: { logSource: logSourceOf(kind), time: time.ms, fields: fieldsOf(found) },
      rows,
      key,
    };
  },
};

function logSourceOf(kind: EntraRecord['kind']): LogSource {
  return { product: 'azure', service: kind === 'audit' ? 'auditlogs' : 'signinlogs' };
}

/**
 * The record, and beside it the names of Sentinel's columns, which Sigma's rules for Azure are written in: each property
 * with a capital ("ConditionalAccessStatus"), the outcome as ResultType and Status, the activity as `properties.message`.
 */
function fieldsOf({ envelope, properties, kind }: EntraRecord): Record<string, unknown> {
  const found: Record<string, unknown> = { ...envelope, ...properties };
  for (const part of [properties, envelope]) {
    for (const name in part) {
      const capital = name.charAt(0).toUpperCase() + name.slice(1);
      found[capital] ??= part[name];
    }
  }
  if (kind === 'audit') {
    const activity = properties.activityDisplayName ?? properties.operationName ?? envelope.operationName;
    found.operationName = activity;
    found.OperationName = activity;
    found.Status = properties.result ?? envelope.result;
    found.properties = { ...properties, message: activity };
  } else {
    const code = errorCodeOf({ envelope, properties, kind });
    found.ResultType = code;
    if (code !== undefined) found.Status = code === '0' ? 'Success' : 'Failure';
    found.properties = properties;
  }
  return found;
}

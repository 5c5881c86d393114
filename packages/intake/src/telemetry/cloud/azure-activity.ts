import { at, type Fields, fields, isFields, text } from '../../field/value.ts';
import { address } from '../row/address.ts';
import { contentKey, reportIdOf } from '../row/record-key.ts';
import { knownOf, row } from '../row/row.ts';
import { columnsByName, columnValue } from '../row/table-columns.ts';
import { known } from '../row/value.ts';
import { when } from '../row/when.ts';
import type { TelemetryFormat } from '../telemetry.ts';

const categories = new Set([
  'administrative',
  'alert',
  'autoscale',
  'policy',
  'recommendation',
  'resourcehealth',
  'security',
  'servicehealth',
]);

/** Azure activity log entries, through diagnostic settings. */
export const azureActivity: TelemetryFormat = {
  name: 'azureActivity',
  about: 'Azure activity logs (diagnostic settings)',

  recognises(record) {
    if (!isFields(record) || !('operationName' in record) || !('resourceId' in record)) return false;
    return categories.has(String(text(record.category)).toLowerCase());
  },

  read(record, context) {
    const entry = fields(record);
    const time = when('time', context.now, entry.time);
    const key = contentKey('azureActivity', record, context.text);
    const operation = nameOf(entry.operationName);
    const resource = text(entry.resourceId) ?? '';
    const caller = known(at(entry, 'identity', 'claims', upn)) ?? known(at(entry, 'identity', 'claims', 'appid'));
    const [, subscription, group, provider] =
      /^\/subscriptions\/([^/]+)(?:\/resourcegroups\/([^/]+))?(?:\/providers\/([^/]+))?/i.exec(resource) ?? [];
    return {
      source: 'azureActivity',
      event: {
        logSource: { product: 'azure', service: 'activitylogs' },
        time: time.ms,
        fields: { ...entry, operationName: operation, properties: { ...fields(entry.properties), message: operation } },
      },
      rows: [
        row('AzureActivity', time, columnsByName('AzureActivity', simple(entry)), {
          ...columnsByName('AzureActivity', {
            OperationName: operation,
            OperationNameValue: operation,
            CategoryValue: entry.category,
            ActivityStatus: nameOf(entry.resultType),
            ActivityStatusValue: nameOf(entry.resultType),
            ActivitySubstatusValue: nameOf(entry.resultSignature),
            Authorization: at(entry, 'identity', 'authorization'),
            Claims: at(entry, 'identity', 'claims'),
            Caller: caller,
            CallerIpAddress: entry.callerIpAddress,
            SubscriptionId: subscription,
            ResourceGroup: group,
            ResourceProvider: provider,
            ResourceProviderValue: provider?.toUpperCase(),
            Properties: entry.properties,
          }),
        }),
        row('CloudAuditEvents', time, {
          ReportId: known(entry.correlationId) ?? String(reportIdOf(key)),
          DataSource: 'Azure',
          ActionType: operation,
          OperationName: operation,
          ResourceId: resource,
          IPAddress: address(entry.callerIpAddress),
          RawEventData: entry,
          AdditionalFields: knownOf({ Caller: caller, Status: columnValue('string', nameOf(entry.resultType)) }),
        }),
      ],
      key,
    };
  },
};

const upn = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn';

/** A name alone, or as `{value, localizedValue}`. */
function nameOf(value: unknown): string | undefined {
  return known(isFields(value) ? value.value : value);
}

/** The entry without the parts that are objects, which have columns of other names. */
function simple(entry: Fields): Fields {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => !isFields(value)));
}

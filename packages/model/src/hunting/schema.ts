import { ALERT_TABLES } from './alert.ts';
import { CLOUD_TABLES } from './cloud.ts';
import { CLOUD_PLATFORMS_TABLES } from './cloud-platforms.ts';
import { DEVICE_TABLES } from './device.ts';
import { ENTRA_TABLES } from './entra.ts';
import { EXPOSURE_AND_DATA_TABLES } from './exposure-and-data.ts';
import { IDENTITY_TABLES } from './identity.ts';
import { INTUNE_TABLES } from './intune.ts';
import { MACHINE_LOGS_TABLES } from './machine-logs.ts';
import { MAIL_TABLES } from './mail.ts';
import { NORMALISED_ACTIVITY_TABLES } from './normalised-activity.ts';
import { NORMALISED_NETWORK_TABLES } from './normalised-network.ts';
import { OFFICE_TABLES } from './office.ts';
import { OKTA_TABLES } from './okta.ts';
import { SENTINEL_WORKSPACE_TABLES } from './sentinel-workspace.ts';
import { VULNERABILITY_TABLES } from './vulnerability.ts';
import { WINDOWS_SECURITY_TABLES } from './windows-security.ts';

/** The scalar types of KQL that columns of hunting tables have. */
export type ColumnType = 'bool' | 'datetime' | 'dynamic' | 'guid' | 'int' | 'long' | 'real' | 'string';

export interface HuntingColumn {
  readonly name: string;
  readonly type: ColumnType;
}

/** Every hunting table has these, whichever of the two products' queries it is asked by. */
const COMMON = 'Timestamp:datetime TimeGenerated:datetime TenantId:string SourceSystem:string Type:string';

let tables: ReadonlyMap<string, readonly HuntingColumn[]> | undefined;

/**
 * The hunting tables by name, with their columns in order: those of Microsoft Defender XDR's public schema and those
 * of the Azure Monitor Logs reference, so that queries written for either run unchanged. Names are case-sensitive.
 */
export function huntingTables(): ReadonlyMap<string, readonly HuntingColumn[]> {
  tables ??= new Map(
    Object.entries({
      ...ALERT_TABLES,
      ...CLOUD_TABLES,
      ...CLOUD_PLATFORMS_TABLES,
      ...DEVICE_TABLES,
      ...ENTRA_TABLES,
      ...EXPOSURE_AND_DATA_TABLES,
      ...IDENTITY_TABLES,
      ...INTUNE_TABLES,
      ...MACHINE_LOGS_TABLES,
      ...MAIL_TABLES,
      ...NORMALISED_ACTIVITY_TABLES,
      ...NORMALISED_NETWORK_TABLES,
      ...OFFICE_TABLES,
      ...OKTA_TABLES,
      ...SENTINEL_WORKSPACE_TABLES,
      ...VULNERABILITY_TABLES,
      ...WINDOWS_SECURITY_TABLES,
    })
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, columns]) => [name, columnsOf(`${COMMON} ${columns}`)]),
  );
  return tables;
}

function columnsOf(list: string): readonly HuntingColumn[] {
  return list
    .trim()
    .split(/\s+/)
    .map((column) => {
      const [name = '', type = 'string'] = column.split(':');
      return { name, type: type as ColumnType };
    });
}

/**
 * A row of a hunting table. Values by column name: `datetime` as an ISO 8601 string in UTC with up to seven decimals,
 * `dynamic` as the value itself, `long` beyond 2^53 as a string of digits; a column left out is null (empty, for strings).
 */
export interface HuntingRow {
  readonly table: string;
  readonly values: Readonly<Record<string, unknown>>;
}

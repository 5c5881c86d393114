import type { HuntingRow } from '@throughline/model/hunting';

/** The first text that one of the columns holds in the rows of a record; columns count before rows. */
export function textOf(rows: readonly HuntingRow[], ...columns: string[]): string | null {
  for (const column of columns) {
    for (const { values } of rows) {
      const value = values[column];
      if (typeof value === 'string' && value.trim() !== '' && value !== '-') return value;
      if (typeof value === 'number') return String(value);
    }
  }
  return null;
}

/** As {@link textOf}, a whole number. */
export function numberOf(rows: readonly HuntingRow[], ...columns: string[]): number | null {
  const number = Number(textOf(rows, ...columns) ?? Number.NaN);
  return Number.isSafeInteger(number) ? number : null;
}

/** What a record is about, by which repeats of a rule fold: its device, else its account, else the address it came from. */
export function assetOf(rows: readonly HuntingRow[]): string {
  const device = textOf(rows, 'DeviceName', 'Computer', 'DeviceId');
  if (device !== null) return `device ${device.toLowerCase()}`;
  const account = textOf(
    rows,
    ...['AccountUpn', 'UserPrincipalName', 'AccountObjectId', 'UserId', 'UserIdentityArn', 'AccountName', 'Actor'],
    ...['ActorAlternateId', 'InitiatedBy', 'Identity', 'AccountDisplayName'],
  );
  if (account !== null) return `account ${account.toLowerCase().slice(0, 300)}`;
  const address = textOf(rows, 'RemoteIP', 'IPAddress', 'SourceIpAddress', 'ClientIP', 'SrcIpAddr', 'SourceIP');
  return address === null ? 'unnamed' : `address ${address}`;
}

import type { HuntingRow } from '@throughline/model/hunting';
import type { Values } from '../row/row.ts';
import { accountRows } from './security-account-rows.ts';
import { directoryRows } from './security-directory-rows.ts';
import { logonRows } from './security-logon-rows.ts';
import { networkRows } from './security-network-rows.ts';
import { processRows } from './security-process-rows.ts';
import { systemRows } from './security-system-rows.ts';
import type { WindowsEvent } from './windows-event.ts';

/** Rows of one Security event; `common` holds the device's columns and ReportId. */
export type SecurityReader = (event: WindowsEvent, common: Values) => HuntingRow[];

const readers: Readonly<Record<number, SecurityReader>> = {
  ...accountRows,
  ...logonRows,
  ...networkRows,
  ...processRows,
  ...systemRows,
};

/** Rows of the Device and Identity tables of a Security event; none for what they have no counterpart of. */
export function securityRows(event: WindowsEvent, common: Values): HuntingRow[] {
  const rows = readers[event.id]?.(event, common) ?? [];
  const directory = directoryRows[event.id]?.(event, common);
  return directory === undefined ? rows : [...rows, ...directory];
}

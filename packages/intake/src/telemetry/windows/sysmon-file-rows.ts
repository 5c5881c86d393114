import type { HuntingRow } from '@throughline/model/hunting';
import { hashColumns } from '../row/hashes.ts';
import { fileColumns } from '../row/process.ts';
import { jsonText, row, type Values } from '../row/row.ts';
import { known } from '../row/value.ts';
import { imageOf } from './sysmon-process.ts';
import type { WindowsEvent } from './windows-event.ts';

/** Sysmon's file events by id. */
export const sysmonFileRows: Readonly<Record<number, (event: WindowsEvent, common: Values) => HuntingRow[]>> = {
  2: (event, common) => [
    row('DeviceEvents', event.when, common, file(event), {
      ActionType: 'FileTimestampModificationEvent',
      AdditionalFields: jsonText({
        CreationUtcTime: known(event.data.CreationUtcTime),
        PreviousCreationUtcTime: known(event.data.PreviousCreationUtcTime),
      }),
    }),
  ],
  11: (event, common) => [row('DeviceFileEvents', event.when, common, file(event), { ActionType: 'FileCreated' })],
  15: (event, common) => [
    row('DeviceFileEvents', event.when, common, file(event), hashColumns(known(event.data.Hash)), {
      ActionType: 'FileCreated',
      AdditionalFields: jsonText({ Contents: known(event.data.Contents) }),
    }),
  ],
  23: deleted,
  26: deleted,
};

function deleted(event: WindowsEvent, common: Values): HuntingRow[] {
  const hashes = hashColumns(known(event.data.Hashes));
  return [row('DeviceFileEvents', event.when, common, file(event), hashes, { ActionType: 'FileDeleted' })];
}

function file(event: WindowsEvent): Values {
  return { ...fileColumns(event.data.TargetFilename), ...imageOf(event) };
}

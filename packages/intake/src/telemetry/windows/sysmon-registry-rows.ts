import type { HuntingRow } from '@throughline/model/hunting';
import { detailColumns, registryKey, valueColumns } from '../row/registry.ts';
import { row, type Values } from '../row/row.ts';
import { known } from '../row/value.ts';
import { imageOf } from './sysmon-process.ts';
import type { WindowsEvent } from './windows-event.ts';

const actions: Readonly<Record<string, string>> = {
  CreateKey: 'RegistryKeyCreated',
  DeleteKey: 'RegistryKeyDeleted',
  DeleteValue: 'RegistryValueDeleted',
  RenameKey: 'RegistryKeyRenamed',
  RenameValue: 'RegistryKeyRenamed',
  SetValue: 'RegistryValueSet',
};

/** Sysmon's registry events by id. */
export const sysmonRegistryRows: Readonly<Record<number, (event: WindowsEvent, common: Values) => HuntingRow[]>> = {
  12: keyOrValue,
  13: valueSet,
  14: renamed,
};

function keyOrValue(event: WindowsEvent, common: Values): HuntingRow[] {
  const type = known(event.data.EventType) ?? '';
  const path = known(event.data.TargetObject);
  const columns = type === 'DeleteValue' ? valueColumns(path) : { RegistryKey: registryKey(path) };
  return [row('DeviceRegistryEvents', event.when, common, imageOf(event), columns, { ActionType: actions[type] })];
}

function valueSet(event: WindowsEvent, common: Values): HuntingRow[] {
  const { data } = event;
  return [
    row(
      'DeviceRegistryEvents',
      event.when,
      common,
      imageOf(event),
      { ActionType: 'RegistryValueSet' },
      valueColumns(known(data.TargetObject)),
      detailColumns(known(data.Details)),
    ),
  ];
}

function renamed(event: WindowsEvent, common: Values): HuntingRow[] {
  return [
    row('DeviceRegistryEvents', event.when, common, imageOf(event), {
      ActionType: 'RegistryKeyRenamed',
      RegistryKey: registryKey(known(event.data.NewName)),
      PreviousRegistryKey: registryKey(known(event.data.TargetObject)),
    }),
  ];
}

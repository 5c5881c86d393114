import { initiatingProcess } from '../row/process.ts';
import type { Values } from '../row/row.ts';
import type { WindowsEvent } from './windows-event.ts';

/** InitiatingProcess… columns of the process that most Sysmon events name. */
export function imageOf(event: WindowsEvent): Values {
  const { data } = event;
  return initiatingProcess({ id: data.ProcessId, image: data.Image, user: data.User, uniqueId: data.ProcessGuid });
}

import { known } from '../row/value.ts';

const shippers = new Set(['INFO', 'WARNING', 'ERROR', 'AUDIT_SUCCESS', 'AUDIT_FAILURE', 'VERBOSE', 'CRITICAL']);

/** Sysmon's ids that have one type only. 12 has three and is left open. */
const only: Readonly<Record<number, string>> = {
  13: 'SetValue',
  14: 'RenameKey',
  17: 'CreatePipe',
  18: 'ConnectPipe',
  19: 'WmiFilterEvent',
  20: 'WmiConsumerEvent',
  21: 'WmiBindingEvent',
};

/** Sysmon's EventType, over which NXLog writes its own severity word. */
export function sysmonEventType(id: number, written: unknown): string | undefined {
  const word = known(written);
  return word !== undefined && !shippers.has(word) ? word : only[id];
}

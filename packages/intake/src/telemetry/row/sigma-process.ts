import type { Fields } from '../../field/value.ts';

/** What Sigma's generic rules call the parts of a process' start: the names of Sysmon's event 1. */
export type SigmaProcess = {
  Image?: unknown;
  CommandLine?: unknown;
  CurrentDirectory?: unknown;
  User?: unknown;
  ProcessId?: unknown;
  ParentImage?: unknown;
  ParentCommandLine?: unknown;
  ParentProcessId?: unknown;
};

/** `fields` with Sigma's names beside its own, for log sources of category process_creation. */
export function withSigmaProcess(fields: Fields, process: SigmaProcess): Fields {
  const found: Fields = { ...fields };
  for (const [name, value] of Object.entries(process)) if (value !== undefined && value !== null) found[name] = value;
  return found;
}

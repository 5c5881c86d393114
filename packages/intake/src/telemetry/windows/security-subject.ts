import { initiatingProcess } from '../row/process.ts';
import type { Values } from '../row/row.ts';
import { known, lower } from '../row/value.ts';
import type { WindowsEvent } from './windows-event.ts';

/** InitiatingProcess… columns of a Security event: the process it names, and its subject as that process' account. */
export function subjectProcess(event: WindowsEvent): Values {
  const { data } = event;
  const id = data.ProcessId ?? data.CallerProcessId;
  return {
    // 0x0 stands for a caller that is not a process of this machine.
    ...initiatingProcess({ id: id === '0x0' ? undefined : id, image: data.ProcessName ?? data.CallerProcessName }),
    ...subjectColumns(event),
  };
}

/** The subject as the account of the initiating process. */
export function subjectColumns(event: WindowsEvent): Values {
  const { data } = event;
  const sid = known(data.SubjectUserSid);
  return {
    InitiatingProcessAccountDomain: lower(data.SubjectDomainName),
    InitiatingProcessAccountName: lower(data.SubjectUserName),
    InitiatingProcessAccountSid: sid === 'S-1-0-0' ? undefined : sid,
  };
}

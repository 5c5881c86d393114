import { accountOf } from './account.ts';
import { fileNameOf } from './path.ts';
import type { Values } from './row.ts';
import { known, whole } from './value.ts';

/** What a record says of the process that did something. */
export type Doer = {
  id?: unknown;
  image?: unknown;
  commandLine?: unknown;
  /** "DOMAIN\name". */
  user?: unknown;
  sid?: unknown;
  /** Names the process for good, unlike its id: Sysmon's ProcessGuid. */
  uniqueId?: unknown;
};

/** The InitiatingProcess… columns. Folder paths end in the file's name and are in lower case on Windows, as Defender writes them. */
export function initiatingProcess(doer: Doer): Values {
  const image = known(doer.image);
  const account = accountOf(known(doer.user));
  return {
    InitiatingProcessId: whole(doer.id),
    InitiatingProcessFileName: fileNameOf(image),
    InitiatingProcessFolderPath: image?.includes('\\') ? image.toLowerCase() : image?.includes('/') ? image : undefined,
    InitiatingProcessCommandLine: known(doer.commandLine),
    InitiatingProcessAccountDomain: account.domain,
    InitiatingProcessAccountName: account.name,
    InitiatingProcessAccountSid: known(doer.sid),
    InitiatingProcessUniqueId: known(doer.uniqueId),
  };
}

/** FileName and FolderPath of a file; the folder path ends in the file's name, as Defender writes it. */
export function fileColumns(path: unknown): Values {
  const written = known(path);
  return { FileName: fileNameOf(written), FolderPath: written };
}

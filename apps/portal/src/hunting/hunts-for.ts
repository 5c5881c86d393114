/** A hunt about one thing, ready to run. */
export interface ReadyHunt {
  readonly label: string;
  readonly query: string;
}

/** What a hunt is about: an entity's kind as in the model, and its name or value. */
export interface HuntSubject {
  readonly kind: string;
  readonly value: string;
}

const HOUR = 3_600_000;
const deviceTables =
  'DeviceProcessEvents, DeviceNetworkEvents, DeviceFileEvents, DeviceRegistryEvents, DeviceLogonEvents, DeviceImageLoadEvents, DeviceEvents';

/**
 * The hunts that are offered for a thing: what it did, who else has it, and what it was part of. With `around` (ms UTC)
 * they look an hour to either side of that moment, otherwise at the last seven days; each takes 100 rows. Empty for
 * things that no event names.
 */
export function huntsFor({ kind, value }: HuntSubject, around?: number): ReadyHunt[] {
  const text = quoted(value);
  const time =
    around === undefined
      ? '| where Timestamp > ago(7d)'
      : `| where Timestamp between (datetime(${iso(around - HOUR)}) .. datetime(${iso(around + HOUR)}))`;
  const hunt = (
    label: string,
    from: string,
    where: string,
    rest = '| sort by Timestamp desc\n| take 100',
  ): ReadyHunt => ({
    label,
    query: `${from}\n${time}\n| where ${where}\n${rest}`,
  });
  const count = (by: string) =>
    `| summarize Events = count(), First = min(Timestamp), Last = max(Timestamp) by ${by}\n| sort by Events desc\n| take 100`;
  switch (kind) {
    case 'device': {
      const isDevice = `DeviceName =~ ${text} or DeviceName startswith ${quoted(`${value}.`)}`;
      return [
        hunt('Everything on this device', `union withsource=Table ${deviceTables}`, isDevice),
        hunt('Programs that ran on it', 'DeviceProcessEvents', isDevice, count('FileName, FolderPath, AccountName')),
        hunt(
          'Whom it talked to',
          'DeviceNetworkEvents',
          isDevice,
          count('RemoteIP, RemoteUrl, InitiatingProcessFileName'),
        ),
        hunt(
          'Who signed in on it',
          'DeviceLogonEvents',
          isDevice,
          count('AccountName, LogonType, ActionType, RemoteIP'),
        ),
      ];
    }
    case 'user':
    case 'mailbox': {
      const name = quoted(value.split('@')[0]?.split('\\').at(-1) ?? value);
      return [
        hunt(
          'Sign-ins',
          'union withsource=Table IdentityLogonEvents, DeviceLogonEvents',
          `AccountUpn =~ ${text} or AccountName =~ ${name}`,
        ),
        hunt('Programs they ran', 'DeviceProcessEvents', `AccountUpn =~ ${text} or AccountName =~ ${name}`),
        hunt(
          'What they did in the cloud',
          'CloudAppEvents',
          `AccountDisplayName has ${text} or AccountId has ${text} or tostring(RawEventData) has ${text}`,
        ),
        hunt(
          'Mail they sent or received',
          'EmailEvents',
          `RecipientEmailAddress =~ ${text} or SenderFromAddress =~ ${text}`,
        ),
      ];
    }
    case 'file':
    case 'process': {
      const hash = /^[0-9a-f]{64}$/i.test(value) ? 'SHA256' : /^[0-9a-f]{40}$/i.test(value) ? 'SHA1' : undefined;
      const match = (prefix: string) =>
        hash === undefined ? `${prefix}FileName =~ ${text}` : `${prefix}${hash} =~ ${text}`;
      return [
        hunt('Where it ran', 'DeviceProcessEvents', match(''), count('DeviceName, AccountName, FolderPath')),
        hunt('Where it was written', 'DeviceFileEvents', match('')),
        hunt('What it started', 'DeviceProcessEvents', match('InitiatingProcess')),
        hunt(
          'Whom it talked to',
          'DeviceNetworkEvents',
          match('InitiatingProcess'),
          count('RemoteIP, RemoteUrl, DeviceName'),
        ),
      ];
    }
    case 'ip':
      return [
        hunt(
          'Who talked to it',
          'DeviceNetworkEvents',
          `RemoteIP == ${text}`,
          count('DeviceName, InitiatingProcessFileName, RemotePort'),
        ),
        hunt(
          'Who signed in from it',
          'union withsource=Table IdentityLogonEvents, DeviceLogonEvents',
          `IPAddress == ${text} or RemoteIP == ${text}`,
        ),
        hunt('What was done in the cloud from it', 'CloudAppEvents', `IPAddress == ${text}`),
      ];
    case 'url':
    case 'domain':
      return [
        hunt(
          'Who talked to it',
          'DeviceNetworkEvents',
          `RemoteUrl has ${text}`,
          count('DeviceName, InitiatingProcessFileName, RemoteIP'),
        ),
        hunt('Who pressed it', 'UrlClickEvents', `Url has ${text}`),
        hunt('Mail that carried it', 'EmailUrlInfo', `Url has ${text}`),
      ];
    case 'message':
      return [hunt('This mail', 'EmailEvents', `NetworkMessageId == ${text} or InternetMessageId == ${text}`)];
    case 'registry':
      return [hunt('Who wrote it', 'DeviceRegistryEvents', `RegistryKey has ${text} or RegistryValueName =~ ${text}`)];
    case 'cloudApplication':
      return [
        hunt('What was done in it', 'CloudAppEvents', `Application =~ ${text} or ApplicationId == toint(${text})`),
      ];
    default:
      return [];
  }
}

/** Text as a literal of KQL. */
function quoted(text: string): string {
  return `"${text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replace(/[\r\n]+/g, ' ')}"`;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

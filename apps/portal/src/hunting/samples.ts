/** Queries to begin with, on the tables that most sources fill. */
export const samples: readonly { readonly name: string; readonly about: string; readonly query: string }[] = [
  {
    name: 'What is here',
    about: 'Rows by table, of devices and sign-ins',
    query:
      'union withsource=Table Device*, IdentityLogonEvents, SigninLogs, AuditLogs, OfficeActivity, SecurityEvent, Syslog\n| summarize Rows = count(), First = min(Timestamp), Last = max(Timestamp) by Table\n| sort by Rows',
  },
  {
    name: 'Programs seen on one device only',
    about: 'What is rare is worth a look',
    query:
      'DeviceProcessEvents\n| where Timestamp > ago(7d)\n| summarize Devices = dcount(DeviceName), Runs = count(), First = min(Timestamp) by FileName, SHA256\n| where Devices == 1\n| sort by First',
  },
  {
    name: 'Shells started by Office',
    about: 'Documents need no command line',
    query:
      'DeviceProcessEvents\n| where InitiatingProcessFileName in~ ("winword.exe", "excel.exe", "powerpnt.exe", "outlook.exe")\n| where FileName in~ ("cmd.exe", "powershell.exe", "wscript.exe", "mshta.exe")\n| project Timestamp, DeviceName, AccountName, InitiatingProcessFileName, FileName, ProcessCommandLine',
  },
  {
    name: 'Sign-ins that failed and then succeeded',
    about: 'Guessing that came through',
    query:
      'DeviceLogonEvents\n| summarize Failed = countif(ActionType == "LogonFailed"), Succeeded = countif(ActionType == "LogonSuccess") by AccountName, RemoteIP, bin(Timestamp, 1h)\n| where Failed >= 5 and Succeeded > 0\n| sort by Failed',
  },
  {
    name: 'Connections to addresses only one device asks for',
    about: 'Beacons stand alone',
    query:
      'DeviceNetworkEvents\n| where RemoteIPType == "Public" or isempty(RemoteIPType)\n| summarize Devices = dcount(DeviceName), Connections = count(), Bytes = dcount(RemotePort) by RemoteIP, RemoteUrl\n| where Devices == 1 and Connections > 10\n| sort by Connections',
  },
  {
    name: 'Programs over time, by device',
    about: 'A machine that works at night stands out',
    query:
      'DeviceProcessEvents\n| summarize Programs = count() by bin(Timestamp, 1h), DeviceName\n| render timechart with (title="Programs started")',
  },
];

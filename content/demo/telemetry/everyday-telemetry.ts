import { bystanders, dc01, finWs07, fs01 } from '../cast/devices.ts';
import { colleagues, type Person } from '../cast/people.ts';
import { type RunningProcess, systemFile } from '../cast/processes.ts';
import { after, type Clock } from '../clock.ts';
import type { Entry } from '../entry.ts';
import { connected, processBegan, signedIn } from './windows-record.ts';

const office = 'C:\\Program Files\\Microsoft Office\\root\\Office16';
/** What people start in the course of a day: the program, its command line, and the service it talks to, if any. */
const everyday = [
  { image: systemFile('OUTLOOK.EXE', office), command: 'OUTLOOK.EXE', port: 443 },
  { image: systemFile('EXCEL.EXE', office), command: 'EXCEL.EXE /dde' },
  { image: systemFile('WINWORD.EXE', office), command: 'WINWORD.EXE' },
  { image: systemFile('Teams.exe', 'C:\\Program Files\\Teams'), command: 'Teams.exe --processStart', port: 443 },
  {
    image: systemFile('browser.exe', 'C:\\Program Files\\Browser'),
    command: 'browser.exe --profile-directory=Default',
    port: 443,
  },
  { image: systemFile('notepad.exe'), command: 'notepad.exe notes.txt' },
  { image: systemFile('svchost.exe'), command: 'svchost.exe -k netsvcs -p' },
  { image: systemFile('backgroundTaskHost.exe'), command: 'backgroundTaskHost.exe -ServerName:App' },
  { image: systemFile('conhost.exe'), command: 'conhost.exe 0xffffffff -ForceV1' },
  { image: systemFile('SearchProtocolHost.exe'), command: 'SearchProtocolHost.exe Global\\UsGthrFltPipe' },
];
const mailHost = { ip: '192.0.2.25', domain: 'mail.alderfinch.example' };

/** Two ordinary days on machines that the attack never touches, and in the hours before it on one that it does. */
export function everydayTelemetry(at: Clock): Entry[] {
  const entries: Entry[] = [];
  const machines = [...bystanders, finWs07];
  for (const [place, device] of machines.entries()) {
    const person = colleagues[place % colleagues.length] as Person;
    const shellOf = (day: number): RunningProcess => ({
      device,
      pid: 4_000 + place,
      started: at(`${day} 07:5${place % 10}:10`),
      image: systemFile('explorer.exe', 'C:\\Windows'),
      commandLine: 'C:\\Windows\\explorer.exe',
      parent: null,
      user: person,
    });
    for (const day of device === finWs07 ? [0] : [1, 2]) {
      const shell = shellOf(day);
      entries.push(signedIn(dc01, after(shell.started, -20), person, 3, device), processBegan(shell));
      for (let n = 0; n < 60; n += 1) {
        const { image, command, port } = everyday[(n * 7 + place * 3) % everyday.length] as (typeof everyday)[number];
        // About every eight minutes, never two machines at the same second.
        const started = after(shell.started, 200 + n * 487 + place * 31);
        const process = {
          device,
          pid: 5_000 + n * 12,
          started,
          image,
          commandLine: command,
          parent: shell,
          user: person,
        };
        entries.push(processBegan(process));
        if (port !== undefined) entries.push(connected(process, after(started, 2), mailHost, port));
      }
      entries.push(signedIn(fs01, after(shell.started, 900 + place * 40), person, 3, device));
    }
  }
  return entries.filter(({ time }) => time < at('2 17:51'));
}

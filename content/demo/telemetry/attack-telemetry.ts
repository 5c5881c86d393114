import { files, hosts } from '../cast/attacker.ts';
import { bkp01, dc01, engWs03, finWs07, fs01, hlpWs02 } from '../cast/devices.ts';
import { backupService, jana, mira, noor, viktor } from '../cast/people.ts';
import { processTrees } from '../cast/processes.ts';
import { after, type Clock } from '../clock.ts';
import type { Entry } from '../entry.ts';
import {
  connected,
  fileWritten,
  lsassOpened,
  processBegan,
  registrySet,
  security,
  serviceInstalled,
  signedIn,
  subject,
} from './windows-record.ts';

/** What the Windows logs of the seven machines say of the attack, beside what products said of it. */
export function attackTelemetry(at: Clock): Entry[] {
  const run = processTrees(at);
  const folder = 'C:\\Windows\\Temp';
  const serviceFile = `${files.service.path}\\${files.service.name}`;
  const task = (moment: string, device: typeof fs01, person: typeof jana) =>
    security(device, 4698, at(moment), {
      ...subject(person),
      TaskName: '\\Microsoft\\Windows\\WbCheck',
      TaskContent: `<Task><Actions><Exec><Command>${serviceFile}</Command><Arguments>-svc</Arguments></Exec></Actions></Task>`,
    });
  const replicated = (moment: string, right: string) =>
    security(dc01, 4662, at(moment), {
      ...subject(viktor),
      ObjectServer: 'DS',
      ObjectType: '%{19195a5b-6da0-11d0-afd3-00c04fd930c9}',
      AccessMask: '0x100',
      Properties: `%%7688 {${right}} {19195a5b-6da0-11d0-afd3-00c04fd930c9}`,
    });
  return [
    ...Object.values(run).map(processBegan),
    fileWritten(run.script, after(run.script.started, 6), files.loader),
    connected(run.script, after(run.script.started, 3), hosts.control, 80),
    registrySet(
      run.beacon,
      at('1 09:43:00'),
      `HKU\\${mira.sid}\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\PdfHost`,
      `${files.loader.path}\\${files.loader.name}`,
    ),
    registrySet(
      run.beacon,
      at('1 09:58:40'),
      `HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Exclusions\\Paths\\${files.loader.path}`,
      'DWORD (0x00000000)',
    ),
    ...['1 09:43:40', '1 10:13:40', '1 10:43:40', '1 11:13:40'].map((moment) =>
      connected(run.beacon, at(moment), hosts.control, 443),
    ),
    lsassOpened(run.dumper, after(run.dumper.started, 2)),
    lsassOpened(run.helpDumper, after(run.helpDumper.started, 3)),
    lsassOpened(run.backupDumper, after(run.backupDumper.started, 2)),
    signedIn(hlpWs02, at('1 15:38:43'), jana, 3, finWs07),
    signedIn(fs01, at('1 17:05:12'), jana, 3, hlpWs02),
    serviceInstalled(fs01, at('1 17:05:18'), 'wbsvc', `${serviceFile} -svc`),
    signedIn(bkp01, at('1 18:10:30'), backupService, 3, fs01),
    serviceInstalled(bkp01, at('1 18:10:42'), 'wbsvc', `${serviceFile} -svc`),
    task('1 21:18:29', fs01, jana),
    task('1 21:31:01', bkp01, backupService),
    signedIn(dc01, at('2 08:05:58'), viktor, 3, bkp01),
    replicated('2 08:06:29', '1131f6aa-9c07-11d1-f79f-00c04fc2dcd2'),
    replicated('2 08:06:30', '1131f6ad-9c07-11d1-f79f-00c04fc2dcd2'),
    fileWritten(run.ntds, after(run.ntds.started, 9), { ...files.archive, name: 'ntds.dit', path: `${folder}\\n` }),
    security(dc01, 4728, at('2 08:42:28'), {
      ...subject(viktor),
      TargetUserName: 'Domain Admins',
      TargetDomainName: 'CORP',
      TargetSid: `${viktor.sid.slice(0, viktor.sid.lastIndexOf('-'))}-512`,
      MemberName: `CN=${backupService.account},OU=Service,DC=corp,DC=alderfinch,DC=example`,
      MemberSid: backupService.sid,
    }),
    security(dc01, 1102, at('2 09:03:43'), subject(viktor)),
    signedIn(engWs03, at('2 10:41:10'), noor, 3, dc01),
    fileWritten(run.archiver, after(run.archiver.started, 20), files.archive),
    connected(run.sync, after(run.sync.started, 4), hosts.drop, 443),
  ];
}

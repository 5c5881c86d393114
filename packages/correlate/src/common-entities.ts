import { type EntityKind, isPrivateAddress } from '@throughline/model';

/** Programs that every machine runs: sharing one says nothing. */
const programs = new Set(
  (
    'cmd powershell powershell_ise pwsh svchost rundll32 regsvr32 mshta wscript cscript explorer services lsass winlogon wininit ' +
    'csrss smss spoolsv taskhostw taskeng conhost dllhost sihost ctfmon runtimebroker searchindexer userinit schtasks at sc net ' +
    'net1 netsh nltest whoami ipconfig systeminfo tasklist taskkill wmic wmiprvse wevtutil vssadmin bcdedit certutil bitsadmin ' +
    'msiexec reg regedit icacls robocopy xcopy ping nslookup curl wget tar ssh scp bash sh dash zsh python python3 perl sudo su ' +
    'systemd cron crond sshd apache2 httpd nginx java node php php-fpm w3wp sqlservr mysqld postgres ' +
    'winword excel powerpnt outlook onenote teams ms-teams onedrive acrord32 acrobat chrome firefox msedge iexplore safari opera ' +
    'msmpeng mssense sense mpcmdrun system ntoskrnl kernel32 ntdll wsl msbuild installutil regasm regsvcs csc'
  ).split(' '),
);

const resolvers = new Set([
  '8.8.8.8',
  '8.8.4.4',
  '1.1.1.1',
  '1.0.0.1',
  '9.9.9.9',
  '149.112.112.112',
  '208.67.222.222',
  '208.67.220.220',
  '168.63.129.16',
  '169.254.169.254',
  '2001:4860:4860::8888',
  '2001:4860:4860::8844',
  '2606:4700:4700::1111',
]);

const domains =
  /(^|\.)(microsoft|windows|windowsupdate|office|office365|microsoftonline|live|outlook|sharepoint|azure|google|googleapis|gstatic|gmail|apple|icloud|amazonaws|cloudfront|akamai|github|adobe|mozilla|ubuntu|debian|digicert)\.(com|net|org)$/;

const hostOfUrl = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/@]*@)?([^/:?#]+)/;

/**
 * True for what everyone shares: system programs, public resolvers, the big vendors' domains; and for a page on a private
 * address, which is another page in every network. It never links.
 */
export function isCommonEntity(kind: EntityKind, name: string): boolean {
  const text = name.toLowerCase();
  if (kind === 'file') return programs.has(text.replace(/\.(exe|dll|sys|com)$/, ''));
  if (kind === 'ip') return resolvers.has(text);
  if (kind === 'url') return isPrivateAddress(hostOfUrl.exec(text)?.[1] ?? '');
  return kind === 'domain' && domains.test(text);
}

import { app02, bystanders, dc01, finWs07, fs01, print01 } from '../cast/devices.ts';
import { colleagues, tomas } from '../cast/people.ts';
import { systemFile } from '../cast/processes.ts';
import { after } from '../clock.ts';
import { elasticAlert } from '../vendor/elastic.ts';
import { graphAlert } from '../vendor/graph.ts';
import * as evidence from '../vendor/graph-evidence.ts';
import { target, wazuhAlert, windowsEvent } from '../vendor/wazuh.ts';
import type { Habit } from './habit.ts';

const servers = [dc01, fs01, app02, print01];
const toolbars = ['coupon-finder.exe', 'screen-weather.exe', 'pdf-toolbar.exe'].map((name) =>
  systemFile(name, 'C:\\Users\\Public\\Downloads'),
);

/** Mistyped passwords, changed files, unwanted programs, and a build tool that looks odd to one rule. */
export const endpointHabits: Habit[] = [
  {
    name: 'failed logon',
    perDay: 7,
    hours: [7, 17],
    alert: (time, key, dice, index) => {
      const device = servers[index % servers.length] ?? dc01;
      // Tomas mistypes now and then, like everyone.
      const person = dice.of([...colleagues, tomas]);
      return wazuhAlert({
        name: key,
        time,
        device,
        rule: {
          id: 60_122,
          level: 5,
          description: 'Logon failure - unknown user or bad password',
          groups: ['windows', 'windows_security', 'authentication_failed'],
          mitre: { id: ['T1531'], tactic: ['Impact'], technique: ['Account Access Removal'] },
        },
        data: windowsEvent(device, 4625, { ...target(person), logonType: '3', status: '0xc000006d' }),
      });
    },
  },
  {
    name: 'integrity',
    perDay: 4,
    hours: [4, 6],
    alert: (time, key, _dice, index) => {
      const device = servers[index % servers.length] ?? fs01;
      return wazuhAlert({
        name: key,
        time,
        device,
        rule: { id: 550, level: 7, description: 'Integrity checksum changed.', groups: ['ossec', 'syscheck'] },
        decoder: 'syscheck_integrity_changed',
        location: 'syscheck',
        syscheck: { path: 'c:\\windows\\system32\\drivers\\etc\\services', mode: 'scheduled', event: 'modified' },
      });
    },
  },
  {
    name: 'policy check',
    perDay: 2,
    hours: [5, 5],
    alert: (time, key, _dice, index) => {
      const device = servers[(index * 2) % servers.length] ?? fs01;
      return wazuhAlert({
        name: key,
        time,
        device,
        rule: { id: 514, level: 3, description: 'Windows application monitor event.', groups: ['ossec', 'rootcheck'] },
        decoder: 'rootcheck',
        location: 'rootcheck',
      });
    },
  },
  {
    name: 'unwanted program',
    perDay: 2,
    hours: [8, 17],
    alert: (time, key, dice, index) => {
      // The free PDF toolbar keeps coming back in finance.
      const device = index === 0 && dice.between(0, 2) === 0 ? finWs07 : dice.of(bystanders);
      const file = dice.of(toolbars);
      return graphAlert({
        id: `bg-${key.replaceAll(' ', '-')}`,
        product: 'antivirus',
        time: time,
        title: 'Unwanted software was blocked',
        description: `${file.name} was blocked and removed.`,
        severity: 'informational',
        category: 'UnwantedSoftware',
        evidence: [evidence.device(device), evidence.file(file, device)],
      });
    },
  },
  {
    name: 'unusual program path',
    perDay: 2,
    hours: [9, 17],
    alert: (time, key, dice) => {
      const number = dice.between(4, 5);
      const device = bystanders[number] ?? bystanders[4];
      const user = colleagues[number] ?? colleagues[4];
      return elasticAlert({
        name: key,
        time,
        rule: 'Execution from Unusual Directory - Command Line',
        description: 'A program ran from a folder where programs seldom are.',
        severity: 'low',
        tactic: ['TA0002', 'Execution'],
        technique: ['T1059', 'Command and Scripting Interpreter'],
        process: {
          device,
          user,
          pid: dice.between(2000, 9000),
          started: after(time, -2),
          image: systemFile('stringcad-build.exe', 'C:\\Users\\Public\\stringcad'),
          commandLine: 'stringcad-build.exe --watch',
          parent: null,
        },
      });
    },
  },
];

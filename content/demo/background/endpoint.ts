import { bystanders, dc01, fs01 } from '../cast/devices.ts';
import { colleagues } from '../cast/people.ts';
import { systemFile } from '../cast/processes.ts';
import { after } from '../clock.ts';
import { elasticAlert } from '../vendor/elastic.ts';
import { graphAlert } from '../vendor/graph.ts';
import * as evidence from '../vendor/graph-evidence.ts';
import { target, wazuhAlert, windowsEvent } from '../vendor/wazuh.ts';
import { habit } from './habit.ts';

const toolbar = systemFile('pdf-toolbar.exe', 'C:\\Users\\Public\\Downloads');
const [, , , , engWs05, , finWs02] = bystanders;

/** Mistyped passwords, changed files, an unwanted program that comes back, and a build tool that looks odd to one rule. */
export const endpointHabits = [
  habit({
    name: 'failed logon',
    // A phone with an old password and a forgotten drive mapping.
    on: [
      { device: dc01, person: colleagues[0] },
      { device: fs01, person: colleagues[1] },
    ],
    rounds: [
      [6, 7],
      [11, 12],
      [15, 15],
    ],
    alert: ({ device, person }, time, key) =>
      wazuhAlert({
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
      }),
  }),
  habit({
    name: 'integrity',
    on: [fs01],
    rounds: [
      [5, 5],
      [9, 9],
      [14, 14],
    ],
    alert: (device, time, key) =>
      wazuhAlert({
        name: key,
        time,
        device,
        rule: { id: 550, level: 7, description: 'Integrity checksum changed.', groups: ['ossec', 'syscheck'] },
        decoder: 'syscheck_integrity_changed',
        location: 'syscheck',
        syscheck: { path: 'c:\\windows\\system32\\drivers\\etc\\services', mode: 'scheduled', event: 'modified' },
      }),
  }),
  habit({
    name: 'unwanted program',
    on: [finWs02],
    rounds: [
      [8, 9],
      [11, 12],
      [14, 16],
    ],
    alert: (device, time, key) =>
      graphAlert({
        id: `bg-${key.replaceAll(' ', '-')}`,
        product: 'antivirus',
        time,
        title: 'Unwanted software was blocked',
        description: `${toolbar.name} was blocked and removed.`,
        severity: 'informational',
        category: 'UnwantedSoftware',
        evidence: [evidence.device(device), evidence.file(toolbar, device)],
      }),
  }),
  habit({
    name: 'unusual program path',
    on: [{ device: engWs05, user: colleagues[4] }],
    rounds: [
      [9, 10],
      [12, 13],
      [15, 16],
    ],
    alert: ({ device, user }, time, key, dice) =>
      elasticAlert({
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
      }),
  }),
];

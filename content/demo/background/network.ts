import { bystanders, dc01, finWs07, fs01, scannerIp } from '../cast/devices.ts';
import { colleagues, mira } from '../cast/people.ts';
import { firewallAlert } from '../vendor/cef.ts';
import { ocsfFinding } from '../vendor/ocsf.ts';
import { suricataAlert } from '../vendor/suricata.ts';
import { habit } from './habit.ts';

const [, , mktWs02] = bystanders;
const listener = colleagues[2];

/** Signatures that describe rather than accuse, the scanner's rounds, web policy, and knocks at the cloud's door. */
export const networkHabits = [
  habit({
    name: 'old tls',
    on: [mktWs02],
    rounds: [
      [7, 8],
      [11, 12],
      [15, 16],
    ],
    alert: (device, time, key) =>
      suricataAlert({
        flow: key,
        time,
        signatureId: 9_000_010,
        signature: 'AF INFO Outdated TLS version in use',
        category: 'Not Suspicious Traffic',
        severity: 3,
        from: device.ip,
        to: '192.0.2.82',
        port: 443,
        layer: { app_proto: 'tls', tls: { sni: 'telemetry.oakprint.example', version: 'TLS 1.0' } },
      }),
  }),
  habit({
    name: 'vulnerability scanner',
    on: [fs01, dc01],
    rounds: [
      [1, 1],
      [7, 7],
      [11, 11],
    ],
    alert: (device, time, key) =>
      suricataAlert({
        flow: key,
        time,
        signatureId: 9_000_020,
        signature: 'AF SCAN Many ports of one host within a minute',
        category: 'Attempted Information Leak',
        severity: 2,
        from: scannerIp,
        to: device.ip,
        port: 445,
      }),
  }),
  habit({
    name: 'radio at work',
    on: [
      { device: finWs07, user: mira },
      { device: mktWs02, user: listener },
    ],
    rounds: [
      [7, 7],
      [12, 12],
      [17, 18],
    ],
    alert: ({ device, user }, time, key) =>
      firewallAlert({
        session: key,
        time,
        logId: 13_056,
        event: 'utm:webfilter ftgd_blk blocked',
        severity: 4,
        from: device,
        user,
        to: { ip: '192.0.2.120', domain: 'radio.tunefield.example' },
        act: 'blocked',
        category: 'Streaming Media',
        request: 'https://radio.tunefield.example/live',
        message: 'URL belongs to a denied category in policy',
      }),
  }),
  habit({
    name: 'port probe',
    on: ['203.0.113.210'],
    rounds: [
      [3, 4],
      [9, 10],
      [15, 16],
    ],
    alert: (ip, time, key) =>
      ocsfFinding({
        name: key,
        time,
        title: 'Unprotected port of an instance is being probed',
        description: 'A known scanner probes a port of the public web shop.',
        type: 'Recon:EC2/PortProbeUnprotectedPort',
        severity: 2,
        tactic: { uid: 'TA0043', name: 'Reconnaissance' },
        resource: {
          uid: 'arn:aws:ec2:eu-central-1:111122223333:instance/i-0webshop',
          name: 'webshop-1',
          type: 'AwsEc2Instance',
        },
        sourceIp: ip,
      }),
  }),
];

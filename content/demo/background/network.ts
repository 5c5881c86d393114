import { app02, bkp01, bystanders, dc01, finWs07, fs01, print01, proxyIp, scannerIp } from '../cast/devices.ts';
import { colleagues, mira } from '../cast/people.ts';
import { firewallAlert } from '../vendor/cef.ts';
import { bucket, ocsfFinding } from '../vendor/ocsf.ts';
import { suricataAlert } from '../vendor/suricata.ts';
import type { Habit } from './habit.ts';

const updateHosts = [
  { ip: '192.0.2.80', domain: 'updates.paperlane.example' },
  { ip: '192.0.2.81', domain: 'cdn.brightclock.example' },
  { ip: '192.0.2.82', domain: 'telemetry.oakprint.example' },
] as const;
/** Mira's workstation talks like every other. */
const chatty = [...bystanders, finWs07];

/** Signatures that describe rather than accuse, the scanner's nightly round, web policy, and knocks at the cloud's door. */
export const networkHabits: Habit[] = [
  {
    name: 'old tls',
    perDay: 7,
    hours: [7, 18],
    alert: (time, key, dice, index) => {
      // Every workstation in turn, the attacked one among them.
      const host = updateHosts[index % updateHosts.length] ?? updateHosts[0];
      return suricataAlert({
        flow: key,
        time,
        signatureId: 9_000_010,
        signature: 'AF INFO Outdated TLS version in use',
        category: 'Not Suspicious Traffic',
        severity: 3,
        from: dice.of(chatty).ip,
        to: host.ip,
        port: 443,
        layer: { app_proto: 'tls', tls: { sni: host.domain, version: 'TLS 1.0' } },
      });
    },
  },
  {
    name: 'vulnerability scanner',
    perDay: 5,
    hours: [1, 2],
    alert: (time, key, _dice, index) =>
      suricataAlert({
        flow: key,
        time,
        signatureId: 9_000_020,
        signature: 'AF SCAN Many ports of one host within a minute',
        category: 'Attempted Information Leak',
        severity: 2,
        from: scannerIp,
        to: ([fs01, dc01, bkp01, app02, print01][index % 5] ?? fs01).ip,
        port: 445,
      }),
  },
  {
    name: 'proxy user agent',
    perDay: 2,
    hours: [8, 17],
    alert: (time, key) =>
      suricataAlert({
        flow: key,
        time,
        signatureId: 9_000_030,
        signature: 'AF POLICY Package manager user agent seen',
        category: 'Not Suspicious Traffic',
        severity: 3,
        from: proxyIp,
        to: '192.0.2.90',
        port: 80,
        layer: {
          app_proto: 'http',
          http: { hostname: 'packages.oakprint.example', url: '/pool/', http_method: 'GET', status: 200 },
        },
      }),
  },
  {
    name: 'web policy',
    perDay: 5,
    hours: [8, 18],
    alert: (time, key, dice, index) => {
      const number = dice.between(0, bystanders.length - 1);
      // Mira listens to the radio at work, every morning.
      const atMira = index === 0;
      return firewallAlert({
        session: key,
        time,
        logId: 13_056,
        event: 'utm:webfilter ftgd_blk blocked',
        severity: 4,
        from: atMira ? finWs07 : (bystanders[number] ?? finWs07),
        user: atMira ? mira : (colleagues[number] ?? mira),
        to: { ip: '192.0.2.120', domain: 'radio.tunefield.example' },
        act: 'blocked',
        category: 'Streaming Media',
        request: 'https://radio.tunefield.example/live',
        message: 'URL belongs to a denied category in policy',
      });
    },
  },
  {
    name: 'port probe',
    perDay: 2,
    hours: [0, 23],
    alert: (time, key, dice) =>
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
        sourceIp: `203.0.113.${dice.between(200, 240)}`,
      }),
  },
  {
    name: 'bucket policy',
    perDay: 1,
    hours: [3, 4],
    alert: (time, key) =>
      ocsfFinding({
        name: key,
        time,
        title: 'Bucket does not enforce encrypted transport',
        description: 'A bucket accepts requests without TLS.',
        type: 'Policy:S3/BucketTransport',
        severity: 1,
        resource: bucket('af-webshop-images'),
        sourceIp: '192.0.2.33',
      }),
  },
];

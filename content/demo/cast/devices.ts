import { deviceId, guid, serial } from '../stable-id.ts';
import { company } from './people.ts';

export type Device = {
  /** Short name, upper case. */
  name: string;
  dnsName: string;
  ip: string;
  mdeDeviceId: string;
  azureAdDeviceId: string;
  /** Number of its Wazuh agent. */
  agent: string;
  os: string;
};

function device(name: string, ip: string, os: string): Device {
  return {
    name,
    dnsName: `${name.toLowerCase()}.${company.adDomain}`,
    ip,
    mdeDeviceId: deviceId(name),
    azureAdDeviceId: guid(`device ${name}`),
    agent: String(serial(`agent ${name}`, 3)),
    os,
  };
}

const workstation = (name: string, ip: string): Device => device(name, ip, 'Windows11');
const server = (name: string, ip: string): Device => device(name, ip, 'WindowsServer2022');

/** Mira Keller's. */
export const finWs07 = workstation('FIN-WS-07', '10.20.7.17');
/** Tomas Okafor's. */
export const finWs11 = workstation('FIN-WS-11', '10.20.7.21');
/** Jana Brandt's. */
export const hlpWs02 = workstation('HLP-WS-02', '10.20.3.12');
/** Noor Haddad's. */
export const engWs03 = workstation('ENG-WS-03', '10.20.9.13');
export const fs01 = server('FS-01', '10.20.1.20');
export const bkp01 = server('BKP-01', '10.20.1.25');
export const dc01 = server('DC-01', '10.20.1.10');

/** Machines that the attack never touches. */
export const bystanders = [
  workstation('SAL-WS-01', '10.20.5.11'),
  workstation('SAL-WS-04', '10.20.5.14'),
  workstation('MKT-WS-02', '10.20.6.12'),
  workstation('MKT-WS-05', '10.20.6.15'),
  workstation('ENG-WS-05', '10.20.9.15'),
  workstation('ENG-WS-08', '10.20.9.18'),
  workstation('FIN-WS-02', '10.20.7.12'),
  workstation('HRD-WS-01', '10.20.4.11'),
] as const;

/** A till computer in the wood store. */
export const whsPc04 = workstation('WHS-PC-04', '10.20.12.14');

/** The vulnerability scanner: loud every night, and meant to be. */
export const scannerIp = '10.20.1.9';

import { guid, hashes } from '../stable-id.ts';
import { mira, tomas } from './people.ts';

/** Where the attacker comes from and sends to. Addresses are those set aside for documentation. */
export const hosts = {
  mailer: '198.51.100.23',
  phishingSite: { ip: '203.0.113.61', domain: 'login.alderfinch-docs.example' },
  /** A rented server in a country where nobody of the company has ever been. */
  signIn: { ip: '198.51.100.77', country: 'IS', city: 'Reykjavik' },
  control: { ip: '203.0.113.140', domain: 'cdn.stonequarry-metrics.example' },
  drop: { ip: '198.51.100.201', domain: 'eu.harbourline-sync.example' },
};

export const phishingUrl = `https://${hosts.phishingSite.domain}/s/remittance/view`;
export const documentUrl = `https://${hosts.phishingSite.domain}/s/remittance/Remittance_0417.docm`;
export const payloadUrl = `http://${hosts.control.domain}/assets/fonts.bin`;

export type KnownFile = { name: string; path: string; size: number; sha256: string; sha1: string; md5: string };

function file(name: string, path: string, size: number): KnownFile {
  return { name, path, size, ...hashes(`file ${name}`) };
}

export const files = {
  document: file('Remittance_0417.docm', 'C:\\Users\\mkeller\\Downloads', 184_320),
  /** The loader, dropped under the name of a PDF helper; it travels with the attacker. */
  loader: file('pdfhost.exe', 'C:\\ProgramData\\PdfHost', 411_648),
  dumper: file('tlsdiag.exe', 'C:\\ProgramData\\PdfHost', 297_472),
  /** Runs as a service on servers. */
  service: file('wbsvc.exe', 'C:\\Windows\\Temp', 532_992),
  /** A copy of a synchronisation program. */
  sync: file('hlsync.exe', 'C:\\ProgramData\\HlSync', 21_504_000),
  archive: file('cad-2.7z', 'C:\\ProgramData\\HlSync', 734_003_200),
};

export type Mail = {
  to: typeof mira;
  networkMessageId: string;
  internetMessageId: string;
  subject: string;
  sender: string;
};

function mail(to: typeof mira): Mail {
  return {
    to,
    networkMessageId: guid(`mail to ${to.account}`),
    internetMessageId: `<${guid(`internet mail to ${to.account}`)}@alderfinch-docs.example>`,
    subject: 'Remittance advice 0417 – action needed today',
    sender: 'accounts@alderfinch-docs.example',
  };
}

export const mailToMira = mail(mira);
export const mailToTomas = mail(tomas);

/** The stolen sign-in sessions. */
export const sessions = { mira: guid('session mira'), tomas: guid('session tomas') };

export const oauthApp = {
  appId: guid('oauth app'),
  objectId: guid('oauth app object'),
  name: 'Mail Sync Helper',
  publisher: 'unverified',
};

/** Where the forwarding rule sends copies. */
export const forwardingAddress = 'ledger-copy@harbourline-sync.example';

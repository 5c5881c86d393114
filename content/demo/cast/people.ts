import { guid, serial } from '../stable-id.ts';

/** Alder & Finch, maker of string instruments; everything about it is invented. */
export const company = {
  name: 'Alder & Finch',
  mailDomain: 'alderfinch.example',
  adDomain: 'corp.alderfinch.example',
  netbios: 'CORP',
  tenantId: guid('tenant'),
};

export type Person = {
  name: string;
  account: string;
  upn: string;
  objectId: string;
  sid: string;
};

const domainSid = 'S-1-5-21-1709204886-3327441190-2241077385';

function person(name: string, account: string, upn?: string): Person {
  return {
    name,
    account,
    upn: upn ?? `${name.toLowerCase().replace(' ', '.')}@${company.mailDomain}`,
    objectId: guid(`person ${account}`),
    sid: `${domainSid}-${serial(`sid ${account}`, 4)}`,
  };
}

/** Accounts payable; opens the mail, the document and the door. */
export const mira = person('Mira Keller', 'mkeller');
/** Financial controller; signs in on the false page. */
export const tomas = person('Tomas Okafor', 'tokafor');
/** Help desk; had signed in on Mira's workstation to mend a printer. */
export const jana = person('Jana Brandt', 'jbrandt');
/** Service account of the backup server, with a password from 2019. */
export const backupService = person('svc-backup', 'svc-backup', `svc-backup@${company.adDomain}`);
/** Domain administrator. */
export const viktor = person('Viktor Lind', 'vlind-adm', `vlind-adm@${company.adDomain}`);
/** Instrument designer; the drawings are hers. */
export const noor = person('Noor Haddad', 'nhaddad');

/** Colleagues to whom nothing of the attack happens. */
export const colleagues = [
  person('Ada Moreau', 'amoreau'),
  person('Ben Sato', 'bsato'),
  person('Carla Nunes', 'cnunes'),
  person('Dov Petrov', 'dpetrov'),
  person('Elin Gruber', 'egruber'),
  person('Femi Adeyemi', 'fadeyemi'),
  person('Greta Holm', 'gholm'),
  person('Hugo Almeida', 'halmeida'),
  person('Iris Novak', 'inovak'),
  person('Jon Eriksen', 'jeriksen'),
  person('Kim Laurent', 'klaurent'),
  person('Leo Fontana', 'lfontana'),
] as const;

/** They travel, and their sign-ins with them. */
export const salesPeople = [
  person('Pia Vestergaard', 'pvestergaard'),
  person('Raul Ibarra', 'ribarra'),
  person('Sofia Lindqvist', 'slindqvist'),
] as const;

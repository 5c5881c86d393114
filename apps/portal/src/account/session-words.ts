import type { Session } from '@throughline/model';

const methods: Readonly<Record<Session['method'], string>> = {
  password: 'by password',
  link: 'by a sign-in link',
  localLink: 'by a link of the server',
  passkey: 'by passkey',
  sso: 'by single sign-on',
};
const factors: Readonly<Record<NonNullable<Session['secondFactor']>, string>> = {
  totp: ' and code',
  passkey: ' and passkey',
  recovery: ' and recovery code',
};

/** How a session began: "by password and passkey". */
export function beginningWords({ method, secondFactor }: Pick<Session, 'method' | 'secondFactor'>): string {
  return methods[method] + (secondFactor === null ? '' : factors[secondFactor]);
}

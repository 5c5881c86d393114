import type { Tactic } from '@throughline/model';

/**
 * What Suricata's standard classifications say about the stage of an attack, by description (EVE writes the description,
 * not the short name). Those that fit any stage ("Misc activity") are absent.
 */
const tacticsByCategory: ReadonlyMap<string, readonly Tactic[]> = new Map<string, readonly Tactic[]>([
  ['attempted information leak', ['reconnaissance']],
  ['information leak', ['reconnaissance']],
  ['large scale information leak', ['exfiltration']],
  ['detection of a network scan', ['reconnaissance']],
  ['attempted user privilege gain', ['initialAccess']],
  ['unsuccessful user privilege gain', ['initialAccess']],
  ['successful user privilege gain', ['initialAccess']],
  ['attempted administrator privilege gain', ['privilegeEscalation']],
  ['successful administrator privilege gain', ['privilegeEscalation']],
  ['web application attack', ['initialAccess']],
  ['access to a potentially vulnerable web application', ['initialAccess']],
  ['exploit kit activity detected', ['initialAccess']],
  ['possible social engineering attempted', ['initialAccess']],
  ['executable code was detected', ['execution']],
  ['a suspicious string was detected', ['execution']],
  ['a suspicious filename was detected', ['execution']],
  ['an attempted login using a suspicious username was detected', ['credentialAccess']],
  ['attempt to login by a default username and password', ['credentialAccess']],
  ['successful credential theft detected', ['credentialAccess']],
  ['a network trojan was detected', ['commandAndControl']],
  ['malware command and control activity detected', ['commandAndControl']],
  ['domain observed used for c2 detected', ['commandAndControl']],
  ['a client was using an unusual port', ['commandAndControl']],
  ['targeted malicious activity was detected', ['commandAndControl']],
  ['crypto currency mining activity detected', ['impact']],
  ['attempted denial of service', ['impact']],
  ['denial of service', ['impact']],
  ['detection of a denial of service attack', ['impact']],
  ['device retrieving external ip address detected', ['discovery']],
  ['rpc portmap decode', ['discovery']],
  ['decode of an rpc query', ['discovery']],
]);

/** Tactics a Suricata category stands for; none when it says nothing about the stage. */
export function tacticsOfClasstype(category: string | null): readonly Tactic[] {
  return (category === null ? undefined : tacticsByCategory.get(category.toLowerCase())) ?? [];
}

/** ATT&CK Enterprise tactics in kill-chain order. */
export const tactics = [
  'reconnaissance',
  'resourceDevelopment',
  'initialAccess',
  'execution',
  'persistence',
  'privilegeEscalation',
  'defenseEvasion',
  'credentialAccess',
  'discovery',
  'lateralMovement',
  'collection',
  'commandAndControl',
  'exfiltration',
  'impact',
] as const;
export type Tactic = (typeof tactics)[number];

/** Alert categories that are not tactic names but mean one. */
const aliases: Readonly<Record<string, Tactic>> = {
  suspiciousactivity: 'execution',
  malware: 'execution',
  ransomware: 'impact',
  exploit: 'execution',
  phishing: 'initialAccess',
  threatmanagement: 'initialAccess',
  credentialtheft: 'credentialAccess',
  credentialstealing: 'credentialAccess',
  c2: 'commandAndControl',
  commandcontrol: 'commandAndControl',
  defenceevasion: 'defenseEvasion',
  stealth: 'defenseEvasion',
};

const byFoldedName: ReadonlyMap<string, Tactic> = new Map(tactics.map((tactic) => [tactic.toLowerCase(), tactic]));

/** Reads a tactic from any spelling ("Lateral Movement", "lateral-movement", "LateralMovement", "TA0008" is not one), or `null`. */
export function parseTactic(value: unknown): Tactic | null {
  if (typeof value !== 'string') return null;
  const key = value.toLowerCase().replace(/[^a-z0-9]/g, '');
  return byFoldedName.get(key) ?? (Object.hasOwn(aliases, key) ? (aliases[key] ?? null) : null);
}

/** Kill-chain position 0–13. */
export function tacticIndex(tactic: Tactic): number {
  return tactics.indexOf(tactic);
}

/** The tactics as a bit mask, bit 0 = reconnaissance. */
export function tacticMask(list: readonly Tactic[]): number {
  return list.reduce((mask, tactic) => mask | (1 << tacticIndex(tactic)), 0);
}

/** The inverse of {@link tacticMask}, in kill-chain order. */
export function tacticsOfMask(mask: number): Tactic[] {
  return tactics.filter((_, index) => (mask >> index) & 1);
}

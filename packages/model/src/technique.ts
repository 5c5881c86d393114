import { type Tactic, tacticsOfMask } from './tactic.ts';
import table from './technique-table.json' with { type: 'json' };

/** © 2025 The MITRE Corporation. This work is reproduced and distributed with the permission of The MITRE Corporation. */
export const attackNotice: string = table.notice;

/** The release of ATT&CK Enterprise the table holds. */
export const attackVersion: string = table.attackVersion;

/** Technique id → [tactics as a bit mask in kill-chain order, name]. */
const techniques: ReadonlyMap<string, readonly (string | number)[]> = new Map(Object.entries(table.techniques));
const revokedBy: ReadonlyMap<string, string> = new Map(Object.entries(table.revokedBy));

/** The technique id in use today: a revoked one leads to its successor, an unknown sub-technique to its parent; `null` when unknown. */
export function currentTechnique(id: string): string | null {
  const wanted = id.trim().toUpperCase();
  for (const candidate of [wanted, wanted.split('.')[0] ?? wanted]) {
    const current = revokedBy.get(candidate) ?? candidate;
    if (techniques.has(current)) return current;
  }
  return null;
}

/** The ATT&CK tactics of a technique ("T1003.001"), in kill-chain order; none for an unknown id. */
export function tacticsOfTechnique(id: string): Tactic[] {
  const current = currentTechnique(id);
  const mask = current === null ? 0 : techniques.get(current)?.[0];
  return typeof mask === 'number' ? tacticsOfMask(mask) : [];
}

/** The name as ATT&CK shows it ("OS Credential Dumping: LSASS Memory"), or `null` for an unknown id. */
export function techniqueName(id: string): string | null {
  const current = currentTechnique(id);
  if (current === null) return null;
  const name = String(techniques.get(current)?.[1]);
  const parent = current.includes('.') ? techniques.get(current.split('.')[0] ?? '') : undefined;
  return parent ? `${parent[1]}: ${name}` : name;
}

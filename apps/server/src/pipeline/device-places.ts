import { deviceFactsOf, groupOf, type RankedGroup } from '@throughline/access';
import type { ResolvedMention } from '@throughline/correlate';
import type { Alert, DeviceFacts } from '@throughline/model';

/**
 * What was told of each device, by identity, and the ranked groups: enough to say where a device belongs before its alert
 * is written. Kept only where device groups restrict correlation.
 */
export type DevicePlaces = { facts: Map<string, DeviceFacts>; rules: readonly RankedGroup[] };

const mostNames = 50;

/** Notes what an alert tells of its devices, as the database will: names gather, the rest is as last told. */
export function tellDevices({ facts }: DevicePlaces, alert: Alert, mentions: readonly ResolvedMention[]): void {
  for (const { mention, resolution } of mentions) {
    const told = mention.kind === 'device' ? deviceFactsOf(alert.evidence[mention.evidenceIndex]) : null;
    if (told === null) continue;
    const known = facts.get(resolution.id);
    // The name under which people know a device counts, wherever it came from.
    const names = [mention.name.toLowerCase(), ...told.names];
    facts.set(resolution.id, known === undefined ? { ...told, names: gather(names, []) } : later(known, told, names));
  }
}

/** What one identity was told, the other knows: after `from` turned out to be `into`. */
export function absorbDevice({ facts }: DevicePlaces, from: string, into: string): void {
  const absorbed = facts.get(from);
  if (absorbed === undefined) return;
  const known = facts.get(into);
  facts.set(into, known === undefined ? absorbed : later(absorbed, known, known.names));
  facts.delete(from);
}

/**
 * The device group of an alert as correlation knows it: the number of the group that all its devices are in. Null when it
 * names no device, when its devices are in several groups, and while there are no groups.
 */
export function placeOfAlert({ facts, rules }: DevicePlaces, mentions: readonly ResolvedMention[]): string | null {
  if (rules.length === 0) return null;
  const groups = new Set<number>();
  for (const { mention, resolution } of mentions) {
    const known = mention.kind === 'device' ? facts.get(resolution.id) : undefined;
    if (known !== undefined) groups.add(groupOf(rules, known));
  }
  const [group] = groups;
  return group === undefined || groups.size > 1 ? null : String(group);
}

function later(known: DeviceFacts, told: DeviceFacts, names: readonly string[]): DeviceFacts {
  return {
    names: gather(names, known.names),
    domains: told.domains.length > 0 ? told.domains : known.domains,
    tags: told.tags.length > 0 ? told.tags : known.tags,
    osPlatforms: told.osPlatforms.length > 0 ? told.osPlatforms : known.osPlatforms,
  };
}

function gather(names: readonly string[], known: readonly string[]): string[] {
  return [...new Set([...names, ...known])].slice(0, mostNames);
}

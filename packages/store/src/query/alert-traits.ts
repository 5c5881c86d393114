import { type Alert, isEvidence } from '@throughline/model';
import { type TraitPrefix, traitWord } from './trait-word.ts';

/** Most bytes of traits kept of one alert: together they are one index entry, which may have 2,700. */
const mostBytes = 1600;

/**
 * What the queue's filters ask of an alert's document, as words for `alert.traits`: "os:…" of its devices and
 * "policy:…". Write it with every alert, or operating system and policy filters will not find it.
 */
export function traitsOf(alert: Pick<Alert, 'evidence' | 'alertPolicyId'>): string[] {
  const traits = new Set<string>();
  let bytes = 0;
  const add = (prefix: TraitPrefix, value: unknown) => {
    if (typeof value !== 'string' || value === '') return;
    const trait = traitWord(prefix, value);
    // Beside its bytes an element of an array takes up to 8.
    const size = Buffer.byteLength(trait) + 8;
    if (traits.has(trait) || bytes + size > mostBytes) return;
    traits.add(trait);
    bytes += size;
  };
  add('policy', alert.alertPolicyId);
  for (const evidence of alert.evidence) {
    if (isEvidence(evidence, 'deviceEvidence')) add('os', evidence.osPlatform);
    else if (isEvidence(evidence, 'ioTDeviceEvidence')) add('os', evidence.operatingSystem);
  }
  return [...traits];
}

import { type Alert, isEvidence } from '@throughline/model';
import { type TraitPrefix, traitWord } from './trait-word.ts';

/** Most traits kept of one alert. */
const mostTraits = 64;

/**
 * What the queue's filters ask of an alert's document, as words for `alert.traits`: "os:…" and "group:…" of its devices,
 * "policy:…". Write it with every alert, or device group, operating system and policy filters will not find it.
 */
export function traitsOf(alert: Pick<Alert, 'evidence' | 'alertPolicyId'>): string[] {
  const traits = new Set<string>();
  const add = (prefix: TraitPrefix, value: unknown) => {
    if (typeof value === 'string' && value !== '' && traits.size < mostTraits) traits.add(traitWord(prefix, value));
  };
  add('policy', alert.alertPolicyId);
  for (const evidence of alert.evidence) {
    if (isEvidence(evidence, 'deviceEvidence')) {
      add('os', evidence.osPlatform);
      add('group', evidence.rbacGroupName);
    } else if (isEvidence(evidence, 'ioTDeviceEvidence')) add('os', evidence.operatingSystem);
  }
  return [...traits];
}

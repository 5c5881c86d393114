import type { Term } from '@throughline/model';
import type { CorrelationConfig } from './config.ts';

/**
 * What a term adds, from what is stored in it: weight × rarity × decay(age). Shared things fade slowly (half after a half
 * time, a third after two): an intruder who comes back after a night is still the same. What is only close in time fades
 * exponentially.
 */
export function contributionOf(
  term: Pick<Term, 'signal' | 'weight' | 'rarity' | 'ageMs'>,
  config: CorrelationConfig,
): number {
  const { signal, weight, rarity, ageMs } = term;
  switch (signal) {
    case 'sharedAsset':
      return (weight * rarity) / (1 + ageMs / config.assetHalfTime);
    case 'sharedArtefact':
      return (weight * rarity) / (1 + ageMs / config.artefactHalfTime);
    case 'affinity':
      return weight * rarity * Math.exp(-ageMs / config.affinity.decay);
    case 'tenantTime':
      return weight * rarity * Math.exp(-ageMs / config.tenantTime.decay);
    case 'hotAsset':
      return weight * Math.exp(-ageMs / config.hotAsset.decay);
    case 'stage':
    case 'person':
      return weight;
  }
}

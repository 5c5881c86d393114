import type { Term } from '@throughline/model';
import type { CorrelationConfig } from './config.ts';

/**
 * What a term adds, from what is stored in it, in nats of odds. The longer two alerts lie apart, the likelier it is that
 * the second would have come anyway: a coincidence within an hour is `rarity` nats unlikely, within two hours ln 2 less.
 * What is only close in time fades exponentially. No term speaks against a link.
 */
export function contributionOf(
  term: Pick<Term, 'signal' | 'weight' | 'rarity' | 'ageMs'>,
  config: CorrelationConfig,
): number {
  const { signal, weight, rarity, ageMs } = term;
  switch (signal) {
    case 'sharedAsset':
    case 'affinity':
      return weight * Math.max(0, rarity - Math.log1p(ageMs / config.assetTime));
    case 'sharedArtefact':
      return weight * Math.max(0, rarity - Math.log1p(ageMs / config.artefactTime));
    case 'tenantTime':
      return weight * rarity * Math.exp(-ageMs / config.tenantTime.decay);
    case 'hotAsset':
    case 'stage':
    case 'repeat':
    case 'person':
      return weight;
  }
}

import type { TokenLife } from './people-api.ts';

/** How long a token of a service account can live: never for ever. */
export const tokenLives: readonly { value: string; label: string }[] = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'A year' },
  { value: 'date', label: 'A day you choose' },
];

/** When a token ends: after the chosen days, or with the end of the chosen day, UTC. `date` is "2026-12-31". */
export function lifeOf(life: string, date: string): TokenLife {
  return life === 'date' ? { expiresDateTime: `${date}T23:59:59.000Z` } : { expiresInDays: Number(life) };
}

import { defaultLimits, type IntakeLimits } from '@throughline/intake';
import type { Settings } from '../settings.ts';

/** The limits of intake for a request, as the settings have them. */
export function intakeLimits({ limits }: Pick<Settings, 'limits'>): IntakeLimits {
  return { ...defaultLimits, ...limits };
}

/** The limits for a file on this machine: how long it is is its owner's affair, one record still is ours. */
export function fileLimits(settings: Pick<Settings, 'limits'>): IntakeLimits {
  return {
    ...intakeLimits(settings),
    bodyBytes: Number.POSITIVE_INFINITY,
    inflatedBytes: Number.POSITIVE_INFINITY,
  };
}

import type { SelectOption } from '../kit/index.ts';

/** Stands for no zone of the organisation's own. */
export const ownZone = '';

/** Every IANA zone this browser knows, UTC first, after the choice of none. */
export function zoneOptions(): SelectOption[] {
  const zones = Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC');
  return [
    { value: ownZone, label: 'Not set: each person’s own' },
    ...['UTC', ...zones].map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') })),
  ];
}
